#include "account/hash/scrypt.hpp"

#include <bit>

#include "account/hash/hash_text.hpp"
#include "key/openssl.hpp"

namespace cardea {
namespace {

// Passlib's digest, and Django's and Firebase's.
constexpr std::size_t kShortDigest = 32, kLongDigest = 64;
constexpr std::uint64_t kMemoryOfOpenssl = std::uint64_t{512} * 1024 * 1024;  // more than any checked cost needs

std::unexpected<Error> malformed() { return unsupported_hash("malformed scrypt"); }

Result<ScryptHash> checked(ScryptHash hash) {
  if (auto bounded = check_scrypt_cost(hash.cost); !bounded) return failure(std::move(bounded).error());
  if (hash.digest.size() != kShortDigest && hash.digest.size() != kLongDigest) return malformed();
  return hash;
}

}  // namespace

Result<Secret> derive_scrypt(std::string_view password, std::string_view salt, const ScryptCost& cost,
                             std::size_t size) {
  const openssl::ErrorsCleared errors_cleared;
  std::string key(size, '\0');
  if (EVP_PBE_scrypt(password.data(), password.size(), openssl::bytes_of(salt.data()), salt.size(),
                     std::uint64_t{1} << cost.log2_n, cost.r, cost.p, kMemoryOfOpenssl, openssl::bytes_of(key.data()),
                     key.size()) != 1) {
    return failure(ErrorCode::service_unavailable, PrivateText{"no memory for a password hash"});
  }
  return Secret{std::move(key)};
}

Result<ScryptHash> read_scrypt(std::string_view hash) {
  HashText text{hash};
  if (!text.take("$scrypt$ln=")) return malformed();
  const auto log2_n = text.take_number();
  if (!log2_n || !text.take(",r=")) return malformed();
  const auto r = text.take_number();
  if (!r || !text.take(",p=")) return malformed();
  const auto p = text.take_number();
  if (!p || !text.take("$")) return malformed();
  auto salt = decode_base64(text.take_field(), HashBase64::unpadded);
  auto digest = decode_base64(text.rest(), HashBase64::unpadded);
  if (!salt || !digest) return malformed();
  return checked({{*log2_n, *r, *p}, *std::move(salt), *std::move(digest)});
}

Result<ScryptHash> read_django_scrypt(std::string_view hash) {
  HashText text{hash};
  if (!text.take("scrypt$")) return malformed();
  const auto n = text.take_number();
  if (!n || !std::has_single_bit(*n) || !text.take("$")) return malformed();
  const auto salt = text.take_field();
  const auto r = text.take_number();
  if (!r || !text.take("$")) return malformed();
  const auto p = text.take_number();
  if (!p || !text.take("$")) return malformed();
  auto digest = decode_base64(text.rest(), HashBase64::padded);
  if (!digest) return malformed();
  const auto log2_n = static_cast<std::uint32_t>(std::countr_zero(*n));
  return checked({{log2_n, *r, *p}, std::string(salt), *std::move(digest)});
}

Result<bool> verify_scrypt(std::string_view password, const ScryptHash& hash) {
  const auto key = derive_scrypt(password, hash.salt, hash.cost, hash.digest.size());
  if (!key) return failure(key.error());
  return equal_in_constant_time(key->expose(), hash.digest);
}

}  // namespace cardea
