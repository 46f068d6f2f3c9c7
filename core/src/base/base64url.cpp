#include <algorithm>
#include <array>
#include <cardea/core/base/base64url.hpp>
#include <cstdint>

namespace cardea {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

// Larger than any six bits, and still so after a shift to the left.
constexpr std::uint32_t kForeign = 0x8000'0000;

// What a character stands for, already where it belongs in its group of four.
using Places = std::array<std::array<std::uint32_t, 256>, 4>;

constexpr Places kPlaces = [] {
  Places places{};
  for (std::size_t place = 0; place < places.size(); ++place) {
    places[place].fill(kForeign);
    for (std::uint32_t bits = 0; bits < kAlphabet.size(); ++bits) {
      places[place][static_cast<unsigned char>(kAlphabet[bits])] = bits << (18 - 6 * place);
    }
  }
  return places;
}();

std::uint32_t at_place(std::size_t place, char c) { return kPlaces[place][static_cast<unsigned char>(c)]; }

char byte_of(std::uint32_t group, unsigned shift) {
  return static_cast<char>(static_cast<unsigned char>(group >> shift));
}

char letter_of(std::uint32_t group, unsigned shift) { return kAlphabet[group >> shift & 63]; }

// The letters of every twelve bits.
using Pairs = std::array<std::array<char, 2>, 4096>;

constexpr Pairs kPairs = [] {
  Pairs pairs{};
  for (std::size_t bits = 0; bits < pairs.size(); ++bits) pairs[bits] = {kAlphabet[bits >> 6], kAlphabet[bits & 63]};
  return pairs;
}();

char* append_pair(std::size_t bits, char* out) { return std::ranges::copy(kPairs[bits], out).out; }

std::uint32_t bits_of(char c) { return static_cast<unsigned char>(c); }

char* encode(std::string_view bytes, char* out) {
  std::size_t i = 0;
  for (; i + 3 <= bytes.size(); i += 3) {
    const auto group = bits_of(bytes[i]) << 16 | bits_of(bytes[i + 1]) << 8 | bits_of(bytes[i + 2]);
    out = append_pair(group >> 12, out);
    out = append_pair(group & 4095, out);
  }
  const auto left = bytes.size() - i;
  if (left == 0) return out;
  const auto group = bits_of(bytes[i]) << 16 | (left == 2 ? bits_of(bytes[i + 1]) << 8 : 0U);
  *out++ = letter_of(group, 18);
  *out++ = letter_of(group, 12);
  if (left == 2) *out++ = letter_of(group, 6);
  return out;
}

// The last two or three characters, whose spare bits have to be zero.
bool decode_rest(std::string_view rest, char* out) {
  const auto group = at_place(0, rest[0]) | at_place(1, rest[1]) | (rest.size() == 3 ? at_place(2, rest[2]) : 0U);
  const std::uint32_t spare = rest.size() == 3 ? 0xFF : 0xFFFF;
  if ((group & (kForeign | spare)) != 0) return false;
  out[0] = byte_of(group, 16);
  if (rest.size() == 3) out[1] = byte_of(group, 8);
  return true;
}

}  // namespace

void append_base64url(std::string& out, std::string_view bytes) {
  const auto start = out.size();
  out.resize(start + base64url_size_of(bytes.size()));
  encode(bytes, out.data() + start);
}

std::string to_base64url(std::string_view bytes) {
  std::string text;
  append_base64url(text, bytes);
  return text;
}

std::optional<std::size_t> from_base64url(std::string_view text, std::span<char> out) noexcept {
  const auto size = size_of_base64url(text.size());
  if (text.size() % 4 == 1 || out.size() < size) return std::nullopt;

  std::uint32_t foreign = 0;
  auto* to = out.data();
  for (; text.size() >= 4; text.remove_prefix(4), to += 3) {
    const auto group = at_place(0, text[0]) | at_place(1, text[1]) | at_place(2, text[2]) | at_place(3, text[3]);
    foreign |= group;
    to[0] = byte_of(group, 16);
    to[1] = byte_of(group, 8);
    to[2] = byte_of(group, 0);
  }
  if ((foreign & kForeign) != 0 || (!text.empty() && !decode_rest(text, to))) return std::nullopt;
  return size;
}

Result<std::string> from_base64url(std::string_view text) {
  std::string bytes(size_of_base64url(text.size()), '\0');
  if (!from_base64url(text, bytes)) return failure(ErrorCode::base64url_malformed);
  return bytes;
}

}  // namespace cardea
