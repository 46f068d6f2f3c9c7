// The character classes of RFC 9110 section 5.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace cardea::web {

namespace detail {

constexpr std::array<bool, 256> token_characters() {
  std::array<bool, 256> table{};
  for (unsigned char c = '0'; c <= '9'; ++c) table[c] = true;
  for (unsigned char c = 'a'; c <= 'z'; ++c) table[c] = true;
  for (unsigned char c = 'A'; c <= 'Z'; ++c) table[c] = true;
  for (const char c : std::string_view{"!#$%&'*+-.^_`|~"}) table[static_cast<unsigned char>(c)] = true;
  return table;
}

inline constexpr auto kTokenCharacters = token_characters();

}  // namespace detail

constexpr bool is_token_character(char c) noexcept { return detail::kTokenCharacters[static_cast<unsigned char>(c)]; }

// Visible ASCII: neither space nor control nor beyond ASCII.
constexpr bool is_visible(char c) noexcept { return c > 0x20 && c < 0x7f; }

// What a field value may hold: visible ASCII, space, tab and obs-text; no control character.
constexpr bool is_field_value_character(char c) noexcept {
  const auto byte = static_cast<unsigned char>(c);
  return (byte >= 0x20 && byte != 0x7f) || byte == '\t';
}

// Whether all characters are ones that a field value may hold.
inline bool is_field_value(std::string_view text) noexcept {
  constexpr std::uint64_t kOnes = 0x0101'0101'0101'0101U;
  const auto has_byte_below = [](std::uint64_t word, std::uint64_t limit) {
    return ((word - kOnes * limit) & ~word & (kOnes * 0x80)) != 0;
  };
  // Eight at a time, as long as there is neither a control character nor a tab.
  while (text.size() >= sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data(), sizeof word);
    if (has_byte_below(word, 0x20) || has_byte_below(word ^ (kOnes * 0x7f), 1)) break;
    text.remove_prefix(sizeof word);
  }
  return std::ranges::all_of(text, is_field_value_character);
}

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

constexpr std::string_view trimmed(std::string_view text) noexcept {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// Calls `see` with each element of a comma-separated list (RFC 9110 section 5.6.1), empty ones included.
template <class See>
constexpr void for_each_element(std::string_view list, See see) {
  for (;;) {
    const auto comma = list.find(',');
    see(trimmed(list.substr(0, comma)));
    if (comma == std::string_view::npos) return;
    list.remove_prefix(comma + 1);
  }
}

}  // namespace cardea::web
