#include "account/hash/scrypt_crypt.hpp"

#include "account/hash/crypt.hpp"
#include "account/hash/hash_text.hpp"
#include "account/hash/scrypt_cost.hpp"

namespace cardea {
namespace {

constexpr std::size_t kMostSalt = 86;
constexpr std::size_t kDigest = 43;
constexpr std::uint32_t kFirstOfLongNumbers = 47;  // of yescrypt's: from there on a number has more than one character

// Salt, dollar, digest.
bool ends_well(HashText text) noexcept {
  const auto salt = text.take_field();
  return salt.size() <= kMostSalt && is_crypt_text(salt) && text.rest().size() == kDigest && is_crypt_text(text.rest());
}

// Five characters, six bits each, the lowest first; 0 if they are not.
std::uint32_t take_thirty_bits(HashText& text) noexcept {
  std::uint32_t number = 0;
  unsigned shift = 0;
  for (const char c : text.take_characters(5)) {
    const auto value = crypt_value(c);
    if (!value) return 0;
    number |= *value << shift;
    shift += 6;
  }
  return number;
}

// One character for each number: its value and the least one that is written so. 0 if it is no such character.
std::uint32_t take_short_number(HashText& text) noexcept {
  const auto character = text.take_characters(1);
  const auto value = character.empty() ? std::nullopt : crypt_value(character.front());
  return value && *value < kFirstOfLongNumbers ? *value + 1 : 0;
}

}  // namespace

Done check_scrypt_crypt(std::string_view hash) {
  HashText text{hash};
  if (!text.take("$7$")) return unsupported_hash("malformed scrypt");
  const auto log2_n = text.take_characters(1);
  ScryptCost cost;
  cost.log2_n = log2_n.empty() ? 0 : crypt_value(log2_n.front()).value_or(0);
  cost.r = take_thirty_bits(text);
  cost.p = take_thirty_bits(text);
  if (auto bounded = check_scrypt_cost(cost); !bounded) return bounded;
  if (!ends_well(text)) return unsupported_hash("malformed scrypt");
  return {};
}

Done check_yescrypt(std::string_view hash) {
  HashText text{hash};
  if (!text.take("$y$j")) return unsupported_hash("yescrypt of another kind than $y$j");
  ScryptCost cost;
  cost.log2_n = take_short_number(text);
  cost.r = take_short_number(text);
  cost.p = 1;
  if (auto bounded = check_scrypt_cost(cost); !bounded) return bounded;
  if (!text.take("$") || !ends_well(text)) return unsupported_hash("malformed yescrypt");
  return {};
}

Result<bool> verify_scrypt_crypt(std::string_view password, std::string_view hash) {
  if (auto checked = check_scrypt_crypt(hash); !checked) return failure(std::move(checked).error());
  return verify_by_crypt(password, hash);
}

Result<bool> verify_yescrypt(std::string_view password, std::string_view hash) {
  if (auto checked = check_yescrypt(hash); !checked) return failure(std::move(checked).error());
  return verify_by_crypt(password, hash);
}

}  // namespace cardea
