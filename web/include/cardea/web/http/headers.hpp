// Header fields in the order they came: few, so a list beats a map. Names compare without case (RFC 9110 section 5.1).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <vector>

namespace cardea::web {

bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept;

// All texts are in one string. Views of it live until the headers change.
class Headers {
 public:
  struct Field {
    std::string_view name;
    std::string_view value;
  };

  // What they are given may be views of themselves.
  void add(std::string_view name, std::string_view value);
  // Room for so many fields, and bytes of names and values.
  void reserve(std::size_t fields, std::size_t bytes);
  void set(std::string_view name, std::string_view value);  // replaces every field of that name
  void remove(std::string_view name);
  void clear() noexcept;  // keeps the room

  // The first value; empty if there is none.
  std::optional<std::string_view> find(std::string_view name) const noexcept;
  std::size_t count(std::string_view name) const noexcept;
  std::size_t size() const noexcept { return places_.size(); }
  std::size_t capacity() const noexcept { return text_.capacity() + places_.capacity() * sizeof(Place); }  // in bytes

  // The fields, made as they are looked at.
  auto fields() const noexcept {
    return std::views::transform(places_, [text = std::string_view{text_}](const Place& at) { return at.in(text); });
  }

 private:
  struct Place {
    std::uint32_t begin, name_size, value_size;
    Field in(std::string_view text) const noexcept {
      return {text.substr(begin, name_size), text.substr(begin + name_size, value_size)};
    }
  };

  std::string text_;  // name after value after name
  std::vector<Place> places_;
};

}  // namespace cardea::web
