#include <cardea/core/base/hex.hpp>

namespace cardea {
namespace {

constexpr std::string_view kDigits = "0123456789abcdef";
constexpr unsigned kNoDigit = 16;

unsigned digit_of(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
  return kNoDigit;
}

}  // namespace

std::string to_hex(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 15U];
  }
  return text;
}

std::optional<std::string> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  bytes.reserve(text.size() / 2);
  for (; !text.empty(); text.remove_prefix(2)) {
    const auto high = digit_of(text[0]);
    const auto low = digit_of(text[1]);
    if (high == kNoDigit || low == kNoDigit) return std::nullopt;
    bytes += static_cast<char>(static_cast<unsigned char>(high << 4U | low));
  }
  return bytes;
}

}  // namespace cardea
