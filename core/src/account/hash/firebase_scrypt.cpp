#include "account/hash/firebase_scrypt.hpp"

#include <array>

#include "account/hash/hash_text.hpp"
#include "key/openssl.hpp"

namespace cardea {
namespace {

constexpr std::string_view kPrefix = "$firebase-scrypt$";
constexpr std::string_view kScrypt = "$scrypt$";
constexpr std::size_t kKeyBytes = 32;

using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, openssl::Free<EVP_CIPHER_CTX_free>>;

Result<Secret> keystream(const Secret& key, std::size_t size) {
  const openssl::ErrorsCleared errors_cleared;
  constexpr std::array<unsigned char, 16> kZero{};
  const std::string zeros(size, '\0');
  std::string stream(size, '\0');
  const CipherContext context{EVP_CIPHER_CTX_new()};
  int written = 0;
  if (!context ||
      EVP_EncryptInit_ex(context.get(), EVP_aes_256_ctr(), nullptr, openssl::bytes_of(key.expose().data()),
                         kZero.data()) != 1 ||
      EVP_EncryptUpdate(context.get(), openssl::bytes_of(stream.data()), &written, openssl::bytes_of(zeros.data()),
                        static_cast<int>(size)) != 1) {
    return failure(ErrorCode::service_unavailable, PrivateText{"no memory for a password hash"});
  }
  return Secret{std::move(stream)};
}

}  // namespace

Result<ScryptHash> read_firebase_scrypt(std::string_view hash) {
  if (!hash.starts_with(kPrefix)) return unsupported_hash("malformed Firebase scrypt");
  return read_scrypt(std::string(kScrypt) + std::string(hash.substr(kPrefix.size())));
}

std::string to_firebase_scrypt(const ScryptHash& hash) {
  return std::string(kPrefix) + "ln=" + std::to_string(hash.cost.log2_n) + ",r=" + std::to_string(hash.cost.r) +
         ",p=" + std::to_string(hash.cost.p) + "$" + to_unpadded_base64(hash.salt) + "$" +
         to_unpadded_base64(hash.digest);
}

Result<bool> verify_firebase_scrypt(std::string_view password, const ScryptHash& hash) {
  const auto key = derive_scrypt(password, hash.salt, hash.cost, kKeyBytes);
  if (!key) return failure(key.error());
  const auto stream = keystream(*key, hash.digest.size());
  if (!stream) return failure(stream.error());
  return equal_in_constant_time(stream->expose(), hash.digest);
}

}  // namespace cardea
