#include "base/json_scanner.hpp"

#include <algorithm>
#include <cardea/core/base/json_text.hpp>
#include <cstddef>

namespace cardea {
namespace {

constexpr std::string_view kAfterScalar = ",]} \n\r\t";

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

// Behind the quotation mark that ends the string at `at`, or the end.
const char* behind_string(const char* at, const char* end) noexcept {
  for (++at; at != end; ++at) {
    if (*at == '"') return at + 1;
    if (*at != '\\') continue;
    if (++at == end) break;
  }
  return end;
}

// Behind the bracket that closes the one at `at`, or the end.
const char* behind_brackets(const char* at, const char* end) noexcept {
  std::size_t open = 0;
  while (at != end) {
    if (*at == '"') {
      at = behind_string(at, end);
      continue;
    }
    if (*at == '[' || *at == '{') ++open;
    if ((*at == ']' || *at == '}') && --open == 0) return at + 1;
    ++at;
  }
  return end;
}

const char* behind_value(const char* at, const char* end) noexcept {
  if (at == end) return end;
  if (*at == '"') return behind_string(at, end);
  if (*at == '[' || *at == '{') return behind_brackets(at, end);
  return std::find_first_of(at, end, kAfterScalar.begin(), kAfterScalar.end());
}

}  // namespace

std::optional<std::string_view> JsonScanner::plain_string() noexcept {
  skip_space();
  if (at_ == end_ || *at_ != '"') return std::nullopt;
  const auto* const start = at_ + 1;
  const auto* stop = start;
  unsigned char any = 0;
  for (; stop != end_ && *stop != '"'; ++stop) {
    const auto byte = static_cast<unsigned char>(*stop);
    if (byte < 0x20 || byte == '\\') return std::nullopt;
    any |= byte;
  }
  const std::string_view text{start, stop};
  if (stop == end_ || (any >= 0x80 && !is_utf8(text))) return std::nullopt;
  at_ = stop + 1;
  return text;
}

std::optional<std::int64_t> JsonScanner::plain_integer() noexcept {
  constexpr std::ptrdiff_t kMostDigits = 15;
  skip_space();
  const auto* stop = at_;
  std::int64_t number = 0;
  for (; stop != end_ && is_digit(*stop) && stop - at_ < kMostDigits; ++stop) number = 10 * number + (*stop - '0');
  const bool starts_well = stop != at_ && (*at_ != '0' || stop == at_ + 1);
  if (!starts_well || stop == end_ || kAfterScalar.find(*stop) == std::string_view::npos) return std::nullopt;
  at_ = stop;
  return number;
}

std::string_view JsonScanner::value_text() noexcept {
  skip_space();
  const auto* const start = at_;
  at_ = behind_value(at_, end_);
  return {start, at_};
}

}  // namespace cardea
