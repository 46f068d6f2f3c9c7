#include "key/ecdsa_signature.hpp"

#include <openssl/ecdsa.h>

#include "key/openssl.hpp"

namespace cardea {
namespace {

constexpr char kSequence = 0x30;
constexpr char kInteger = 0x02;

void append(Signature& out, char byte) noexcept { out.bytes[out.size++] = byte; }

// Lengths of two bytes at most: 0x81 announces one from 128 up.
void append_length(Signature& out, std::size_t length) noexcept {
  if (length >= 0x80) append(out, static_cast<char>(0x81));
  append(out, static_cast<char>(length));
}

// The number without leading zeros, as DER has it.
std::string_view minimal(std::string_view number) noexcept {
  while (number.size() > 1 && number.front() == 0) number.remove_prefix(1);
  return number;
}

bool looks_negative(std::string_view number) noexcept {
  return (static_cast<unsigned char>(number.front()) & 0x80) != 0;
}

std::size_t integer_size(std::string_view number) noexcept {
  return 2 + number.size() + (looks_negative(number) ? 1 : 0);
}

void append_integer(Signature& out, std::string_view number) noexcept {
  append(out, kInteger);
  append_length(out, integer_size(number) - 2);
  if (looks_negative(number)) append(out, 0);
  for (const char byte : number) append(out, byte);
}

}  // namespace

Signature ecdsa_der_of(std::string_view raw) noexcept {
  const auto r = minimal(raw.substr(0, raw.size() / 2));
  const auto s = minimal(raw.substr(raw.size() / 2));
  Signature der;
  append(der, kSequence);
  append_length(der, integer_size(r) + integer_size(s));
  append_integer(der, r);
  append_integer(der, s);
  return der;
}

std::optional<Signature> ecdsa_raw_of(std::string_view der, std::size_t half) noexcept {
  const auto* at = openssl::bytes_of(der.data());
  const std::unique_ptr<ECDSA_SIG, openssl::Free<ECDSA_SIG_free>> parsed{
      d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size()))};
  if (!parsed) return std::nullopt;
  Signature raw;
  raw.size = 2 * half;
  auto* out = openssl::bytes_of(raw.bytes.data());
  const auto width = static_cast<int>(half);
  const bool fits = BN_bn2binpad(ECDSA_SIG_get0_r(parsed.get()), out, width) == width &&
                    BN_bn2binpad(ECDSA_SIG_get0_s(parsed.get()), out + half, width) == width;
  return fits ? std::optional{raw} : std::nullopt;
}

}  // namespace cardea
