// Values whose type says what they may be; used as members of a body and as path, query, header and form values.
#pragma once

#include <cardea/web/extract/text_codec.hpp>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace cardea::web {

// Text of `shortest` to `longest` characters (Unicode code points).
template <std::size_t shortest, std::size_t longest>
struct Text {
  static_assert(shortest <= longest, "cardea: Text<shortest, longest> needs shortest <= longest");
  std::string value;

  operator const std::string&() const noexcept { return value; }  // implicit: it is a string with a promise
  const std::string* operator->() const noexcept { return &value; }
  friend auto operator<=>(const Text&, const Text&) = default;
};

// A number from `lowest` to `highest`, both included.
template <class T, T lowest, T highest>
struct Ranged {
  static_assert(lowest <= highest, "cardea: Ranged<T, lowest, highest> needs lowest <= highest");
  T value = lowest;

  operator T() const noexcept { return value; }
  friend auto operator<=>(const Ranged&, const Ranged&) = default;
};

namespace constraint_detail {

// Empty if `text` has shortest..longest code points.
std::string length_reason(std::string_view text, std::size_t shortest, std::size_t longest);

template <class T, T lowest, T highest>
std::string range_reason(T value) {
  if (value >= lowest && value <= highest) return {};
  if constexpr (highest == std::numeric_limits<T>::max())
    return "must be at least " + std::to_string(lowest);
  else if constexpr (lowest == std::numeric_limits<T>::lowest())
    return "must be at most " + std::to_string(highest);
  else
    return "must be from " + std::to_string(lowest) + " to " + std::to_string(highest);
}

}  // namespace constraint_detail

template <std::size_t shortest, std::size_t longest>
struct TextCodec<Text<shortest, longest>> {
  static std::string read(std::string_view text, Text<shortest, longest>& value) {
    value.value = text;
    return constraint_detail::length_reason(text, shortest, longest);
  }
};

template <class T, T lowest, T highest>
struct TextCodec<Ranged<T, lowest, highest>> {
  static std::string read(std::string_view text, Ranged<T, lowest, highest>& value) {
    auto reason = TextCodec<T>::read(text, value.value);
    return reason.empty() ? constraint_detail::range_reason<T, lowest, highest>(value.value) : reason;
  }
};

}  // namespace cardea::web
