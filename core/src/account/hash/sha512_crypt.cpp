#include "account/hash/sha512_crypt.hpp"

#include "account/hash/crypt.hpp"
#include "account/hash/hash_text.hpp"

namespace cardea {
namespace {

constexpr std::uint32_t kLeastRounds = 1'000, kMostRounds = 1'000'000;
constexpr std::size_t kMostSalt = 16;
constexpr std::size_t kDigest = 86;

bool ends_well(HashText text) noexcept {
  const auto salt = text.take_field();
  return salt.size() <= kMostSalt && is_crypt_text(salt) && text.rest().size() == kDigest && is_crypt_text(text.rest());
}

}  // namespace

Done check_sha512_crypt(std::string_view hash) {
  HashText text{hash};
  if (!text.take("$6$")) return unsupported_hash("malformed sha512-crypt");
  if (text.take("rounds=")) {
    const auto rounds = text.take_number();
    if (!rounds || !text.take("$")) return unsupported_hash("malformed sha512-crypt");
    if (*rounds < kLeastRounds || *rounds > kMostRounds) {
      return unsupported_hash("sha512-crypt outside 1000 to 1000000 rounds");
    }
  }
  if (!ends_well(text)) return unsupported_hash("malformed sha512-crypt");
  return {};
}

Result<bool> verify_sha512_crypt(std::string_view password, std::string_view hash) {
  if (auto checked = check_sha512_crypt(hash); !checked) return failure(std::move(checked).error());
  return verify_by_crypt(password, hash);
}

}  // namespace cardea
