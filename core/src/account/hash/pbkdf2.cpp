#include "account/hash/pbkdf2.hpp"

#include <array>
#include <cardea/core/base/secret.hpp>
#include <optional>
#include <span>

#include "account/hash/hash_text.hpp"
#include "key/openssl.hpp"

namespace cardea {
namespace {

using Digest = Pbkdf2Hash::Digest;

constexpr std::uint32_t kMostRounds = 3'000'000;

struct Prefix {
  std::string_view text;
  Digest digest;
};
constexpr std::array kPasslib{Prefix{"$pbkdf2-sha256$", Digest::sha256}, Prefix{"$pbkdf2-sha512$", Digest::sha512},
                              Prefix{"$pbkdf2$", Digest::sha1}};
constexpr std::array kDjango{Prefix{"pbkdf2_sha256$", Digest::sha256}, Prefix{"pbkdf2_sha1$", Digest::sha1}};

std::unexpected<Error> malformed() { return unsupported_hash("malformed PBKDF2"); }

std::optional<Digest> take_prefix(HashText& text, std::span<const Prefix> prefixes) noexcept {
  for (const auto& prefix : prefixes) {
    if (text.take(prefix.text)) return prefix.digest;
  }
  return std::nullopt;
}

const EVP_MD* openssl_digest(Digest digest) noexcept {
  switch (digest) {
    case Digest::sha1: return EVP_sha1();
    case Digest::sha256: return EVP_sha256();
    case Digest::sha512: return EVP_sha512();
  }
  std::unreachable();
}

// A key of the digest's size: a longer one would cost the rounds once more for each further block.
Result<Pbkdf2Hash> checked(Pbkdf2Hash hash) {
  if (hash.rounds > kMostRounds) return unsupported_hash("PBKDF2 with more than 3000000 rounds");
  const auto size = static_cast<std::size_t>(EVP_MD_get_size(openssl_digest(hash.digest)));
  if (hash.key.size() != size) return malformed();
  return hash;
}

}  // namespace

Result<Pbkdf2Hash> read_passlib_pbkdf2(std::string_view hash) {
  HashText text{hash};
  const auto digest = take_prefix(text, kPasslib);
  const auto rounds = text.take_number();
  if (!digest || !rounds || !text.take("$")) return malformed();
  auto salt = decode_base64(text.take_field(), HashBase64::with_dot);
  auto key = decode_base64(text.rest(), HashBase64::with_dot);
  if (!salt || !key) return malformed();
  return checked({*digest, *rounds, *std::move(salt), *std::move(key)});
}

Result<Pbkdf2Hash> read_django_pbkdf2(std::string_view hash) {
  HashText text{hash};
  const auto digest = take_prefix(text, kDjango);
  const auto rounds = text.take_number();
  if (!digest || !rounds || !text.take("$")) return malformed();
  const auto salt = text.take_field();
  auto key = decode_base64(text.rest(), HashBase64::padded);
  if (!key) return malformed();
  return checked({*digest, *rounds, std::string(salt), *std::move(key)});
}

Result<bool> verify_pbkdf2(std::string_view password, const Pbkdf2Hash& hash) {
  const openssl::ErrorsCleared errors_cleared;
  std::string bytes(hash.key.size(), '\0');
  if (PKCS5_PBKDF2_HMAC(password.data(), static_cast<int>(password.size()), openssl::bytes_of(hash.salt.data()),
                        static_cast<int>(hash.salt.size()), static_cast<int>(hash.rounds), openssl_digest(hash.digest),
                        static_cast<int>(bytes.size()), openssl::bytes_of(bytes.data())) != 1) {
    return failure(ErrorCode::service_unavailable, PrivateText{"no memory for a password hash"});
  }
  const Secret key{std::move(bytes)};
  return equal_in_constant_time(key.expose(), hash.key);
}

}  // namespace cardea
