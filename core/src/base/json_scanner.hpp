// The pieces of a JSON text one after the other, as views of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace cardea {

// Knows the usual spelling of a string and of a number. What is spelled otherwise comes as the text of a value, about
// which nothing is known until parse_strict_json has read it.
class JsonScanner {
 public:
  explicit JsonScanner(std::string_view text) noexcept : at_(text.data()), end_(text.data() + text.size()) {}

  // Whether nothing but white space is left.
  bool at_end() noexcept { return skip_space(), at_ == end_; }

  // Goes behind this character if it is next, white space before it aside. So do the functions below.
  bool skip(char c) noexcept {
    skip_space();
    if (at_ == end_ || *at_ != c) return false;
    return ++at_, true;
  }

  // A string without an escape, in UTF-8. None, and nothing is skipped, if something else is next.
  std::optional<std::string_view> plain_string() noexcept;

  // A number of at most 15 digits and nothing else, for that it is the whole number. None, and nothing is skipped, if
  // something else is next.
  std::optional<std::int64_t> plain_integer() noexcept;

  // If the text from here on starts with a JSON value, that value. Otherwise text that is no JSON value, or one after
  // which the text does not go on as JSON does.
  std::string_view value_text() noexcept;

 private:
  void skip_space() noexcept {
    while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t')) ++at_;
  }

  const char* at_;
  const char* end_;
};

}  // namespace cardea
