#include <cardea/core/base/base64url.hpp>
#include <cardea/core/key/hmac_key.hpp>
#include <string>
#include <utility>
#include <variant>

#include "key/hmac.hpp"
#include "key/other_key_kind.hpp"

namespace cardea {
namespace {

using AnyHmac = std::variant<Hmac<Sha256>, Hmac<Sha384>, Hmac<Sha512>>;

// A token's signing input has no space, so the digest that names a key is never a signature.
constexpr std::string_view kNamedBy = "cardea key id";
constexpr std::size_t kNameBytes = 16;

KeyId digest_name_of(std::string_view secret) {
  const auto digest = Hmac<Sha256>(secret).sign(kNamedBy);
  return KeyId::parse(to_base64url(digest.view().substr(0, kNameBytes))).value();
}

AnyHmac keyed(Algorithm algorithm, std::string_view secret) {
  switch (algorithm) {
    case Algorithm::hs256: return AnyHmac(std::in_place_type<Hmac<Sha256>>, secret);
    case Algorithm::hs384: return AnyHmac(std::in_place_type<Hmac<Sha384>>, secret);
    case Algorithm::hs512: return AnyHmac(std::in_place_type<Hmac<Sha512>>, secret);
    default: break;  // HmacKey::make has refused them
  }
  std::unreachable();
}

std::unexpected<Error> unusable(std::string why) {
  return failure(ErrorCode::key_unusable, PrivateText{std::move(why)});
}

}  // namespace

struct HmacKey::State {
  KeyId id;
  Algorithm algorithm;
  AnyHmac hmac;

  State(KeyId key_id, Algorithm which, std::string_view secret)
      : id(std::move(key_id)), algorithm(which), hmac(keyed(which, secret)) {}
};

Result<HmacKey> HmacKey::make(const Secret& secret, Algorithm algorithm, std::optional<KeyId> id) {
  const auto bytes = secret.expose();
  if (!is_symmetric(algorithm))
    return unusable(std::string(name_of(algorithm)) + " needs a pair of keys, not a secret");
  if (bytes.empty()) return unusable("the secret is empty");
  if (const auto kind = other_key_kind(bytes); !kind.empty()) {
    return unusable("the secret is a key of another kind: " + kind);
  }
  return HmacKey{std::make_shared<const State>(id ? *std::move(id) : digest_name_of(bytes), algorithm, bytes)};
}

Result<HmacKey> HmacKey::from_secret(const Secret& secret, Algorithm algorithm, std::optional<KeyId> id) {
  if (const auto least = hash_size_of(algorithm); secret.size() < least) {
    return unusable("a secret for " + std::string(name_of(algorithm)) + " has at least " + std::to_string(least) +
                    " bytes, this one " + std::to_string(secret.size()));
  }
  return make(secret, algorithm, std::move(id));
}

Result<HmacKey> HmacKey::from_short_secret_for_demonstration_only(const Secret& secret, Algorithm algorithm) {
  return make(secret, algorithm, std::nullopt);
}

const KeyId& HmacKey::id() const noexcept { return state_->id; }
Algorithm HmacKey::algorithm() const noexcept { return state_->algorithm; }

Signature HmacKey::sign(std::string_view message) const noexcept {
  return std::visit([&](const auto& hmac) { return hmac.sign(message); }, state_->hmac);
}

bool HmacKey::verifies(std::string_view message, std::string_view signature) const noexcept {
  return equal_in_constant_time(sign(message).view(), signature);
}

}  // namespace cardea
