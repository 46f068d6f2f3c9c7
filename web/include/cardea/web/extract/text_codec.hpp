// Text from a path, a query, a header or a form, as a typed value: TextCodec<T>.
#pragma once

#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>
#include <cardea/core/base/clock.hpp>
#include <charconv>
#include <cmath>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace cardea::web {

// Specialise it for a type of your own:
//   static std::string read(std::string_view text, T& value);   the reason why the text is no T; empty if it is one
template <class T>
struct TextCodec;

namespace text_codec_detail {

std::string one_of(const std::vector<std::string_view>& names);

template <class E>
const std::vector<std::string_view>& enumerator_names() {
  static const auto names = [] {
    std::vector<std::string_view> list;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>(
        [&](auto described) { list.emplace_back(described.name); });
    return list;
  }();
  return names;
}

template <class E>
bool read_enumerator(std::string_view text, E& value) {
  bool found = false;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto described) {
    if (!found && text == described.name) {
      value = described.value;
      found = true;
    }
  });
  return found;
}

}  // namespace text_codec_detail

template <>
struct TextCodec<std::string> {
  static std::string read(std::string_view text, std::string& value) {
    value = text;
    return {};
  }
};

template <>
struct TextCodec<bool> {
  static std::string read(std::string_view text, bool& value);  // true, false, 1, 0
};

// RFC 3339, or whole seconds since 1970.
template <>
struct TextCodec<Instant> {
  static std::string read(std::string_view text, Instant& value);
};

template <class T>
  requires std::is_arithmetic_v<T>
struct TextCodec<T> {
  static std::string read(std::string_view text, T& value) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc::result_out_of_range) return "is out of range";
    const bool whole = error == std::errc{} && end == text.data() + text.size();
    if constexpr (std::is_floating_point_v<T>)
      return whole && std::isfinite(value) ? "" : "must be a number";
    else
      return whole ? "" : "must be a whole number";
  }
};

template <class E>
  requires boost::describe::has_describe_enumerators<E>::value
struct TextCodec<E> {
  static std::string read(std::string_view text, E& value) {
    if (text_codec_detail::read_enumerator(text, value)) return {};
    return text_codec_detail::one_of(text_codec_detail::enumerator_names<E>());
  }
};

}  // namespace cardea::web
