// Header fields in the order they came: few, so a vector beats a map. Names compare without case (RFC 9110
// section 5.1).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cardea::web {

bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept;

class Headers {
 public:
  struct Field {
    std::string name;
    std::string value;
  };

  void add(std::string_view name, std::string_view value) {
    fields_.push_back({std::string(name), std::string(value)});
  }
  void reserve(std::size_t fields) { fields_.reserve(fields); }
  void set(std::string_view name, std::string_view value);  // replaces every field of that name
  void remove(std::string_view name);

  // The first value; null if there is none. The pointer lives until the headers change.
  const std::string* find(std::string_view name) const noexcept;
  std::size_t count(std::string_view name) const noexcept;
  std::size_t size() const noexcept { return fields_.size(); }

  auto begin() const noexcept { return fields_.begin(); }
  auto end() const noexcept { return fields_.end(); }

 private:
  std::vector<Field> fields_;
};

}  // namespace cardea::web
