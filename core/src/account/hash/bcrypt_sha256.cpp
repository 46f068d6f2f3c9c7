#include "account/hash/bcrypt_sha256.hpp"

#include <algorithm>
#include <cardea/core/base/hex.hpp>
#include <cardea/core/base/secret.hpp>
#include <optional>

#include "account/hash/bcrypt.hpp"
#include "account/hash/hash_text.hpp"
#include "key/hmac.hpp"

namespace cardea {
namespace {

constexpr std::string_view kDjango = "bcrypt_sha256$";
constexpr std::string_view kPasslib = "$bcrypt-sha256$";

std::string_view without_prefix(std::string_view hash, std::string_view prefix) noexcept {
  hash.remove_prefix(std::min(prefix.size(), hash.size()));
  return hash;
}

Secret sha256(std::string_view text) {
  std::string digest(Sha256::kSize, '\0');
  Sha256::State state;
  Sha256::start(state);
  Sha256::add(state, text);
  Sha256::finish(state, digest.data());
  return Secret{std::move(digest)};
}

struct PasslibHash {
  bool is_keyed = false;
  std::string bcrypt;
  std::string_view salt;
};

// Two digits, as bcrypt has them.
std::string two_digits(std::uint32_t number) {
  return number < 10 ? "0" + std::to_string(number) : std::to_string(number);
}

std::optional<PasslibHash> read_passlib(std::string_view hash) {
  HashText text{without_prefix(hash, kPasslib)};
  PasslibHash read;
  read.is_keyed = text.take("v=2,t=");
  const auto type = text.take_characters(2);
  if (!text.take(read.is_keyed ? ",r=" : ",")) return std::nullopt;
  const auto cost = text.take_number();
  if (!cost || !text.take("$")) return std::nullopt;
  read.salt = text.take_field();
  read.bcrypt =
      "$" + std::string(type) + "$" + two_digits(*cost) + "$" + std::string(read.salt) + std::string(text.rest());
  return read;
}

Secret key_of(std::string_view password, const PasslibHash& hash) {
  if (!hash.is_keyed) return Secret{to_padded_base64(sha256(password).expose())};
  const auto mac = Hmac<Sha256>{hash.salt}.sign(password);
  return Secret{to_padded_base64(mac.view())};
}

}  // namespace

Done check_django_bcrypt_sha256(std::string_view hash) { return check_bcrypt(without_prefix(hash, kDjango)); }

Result<bool> verify_django_bcrypt_sha256(std::string_view password, std::string_view hash) {
  const Secret key{to_hex(sha256(password).expose())};
  return verify_bcrypt(key.expose(), without_prefix(hash, kDjango));
}

Done check_passlib_bcrypt_sha256(std::string_view hash) {
  const auto read = read_passlib(hash);
  if (!read) return unsupported_hash("malformed bcrypt-sha256");
  return check_bcrypt(read->bcrypt);
}

Result<bool> verify_passlib_bcrypt_sha256(std::string_view password, std::string_view hash) {
  const auto read = read_passlib(hash);
  if (!read) return unsupported_hash("malformed bcrypt-sha256");
  return verify_bcrypt(key_of(password, *read).expose(), read->bcrypt);
}

}  // namespace cardea
