#include <boost/json/object.hpp>
#include <cardea/core/base/base64url.hpp>
#include <cardea/core/key/public_key.hpp>

#include "key/evp_signature.hpp"
#include "key/jwk_key.hpp"
#include "key/key_encoding.hpp"
#include "key/key_rules.hpp"
#include "key/public_key_state.hpp"

namespace cardea {
namespace {

// No member of a key needs an escape (RFC 7638 section 3.3).
std::string thumbprint_of(const EVP_PKEY* key, Algorithm algorithm) {
  std::string text;
  for (const auto& [name, value] : public_members_of(key, algorithm)) {
    text.append(text.empty() ? "{\"" : ",\"").append(name).append("\":\"").append(value).append("\"");
  }
  text += '}';
  std::string digest(hash_size_of(Algorithm::rs256), '\0');
  EVP_Digest(text.data(), text.size(), openssl::bytes_of(digest.data()), nullptr, EVP_sha256(), nullptr);
  return to_base64url(digest);
}

using AnyVerifier = std::variant<EvpVerifier, Ed25519Verifier>;

Result<AnyVerifier> verifier_of(EVP_PKEY* key, Algorithm algorithm) {
  if (algorithm == Algorithm::eddsa) return AnyVerifier{Ed25519Verifier{key}};
  auto verifier = EvpVerifier::make(key, algorithm);
  if (!verifier) return failure(std::move(verifier).error());
  return AnyVerifier{*std::move(verifier)};
}

}  // namespace

Result<PublicKey> PublicKey::State::make(Result<openssl::Key> key, Algorithm algorithm, std::optional<KeyId> id) {
  if (!key) return failure(std::move(key).error());
  if (!*key) return failure(ErrorCode::key_unusable, PrivateText{"OpenSSL cannot read the key"});
  if (auto checked = check_key(key->get(), algorithm); !checked) return failure(std::move(checked).error());
  auto verifier = verifier_of(key->get(), algorithm);
  if (!verifier) return failure(std::move(verifier).error());
  if (!id) id = KeyId::parse(thumbprint_of(key->get(), algorithm)).value();
  return PublicKey{std::make_shared<const State>(*std::move(id), algorithm, *std::move(key), *std::move(verifier))};
}

Result<PublicKey> PublicKey::from_pem(std::string_view pem, Algorithm algorithm, std::optional<KeyId> id) {
  return State::make(public_key_from_pem(pem), algorithm, std::move(id));
}

Result<PublicKey> PublicKey::from_jwk(const boost::json::object& members, Algorithm algorithm,
                                      std::optional<KeyId> id) {
  return State::make(public_key_of(members, algorithm), algorithm, std::move(id));
}

const KeyId& PublicKey::id() const noexcept { return state_->id; }

Algorithm PublicKey::algorithm() const noexcept { return state_->algorithm; }

bool PublicKey::verifies(std::string_view message, std::string_view signature) const noexcept {
  return std::visit([&](const auto& verifier) { return verifier.verifies(message, signature); }, state_->verifier);
}

std::string PublicKey::to_pem() const { return public_pem_of(state_->key.get()); }

boost::json::object PublicKey::to_jwk() const {
  boost::json::object jwk;
  for (const auto& [name, value] : public_members_of(state_->key.get(), state_->algorithm)) jwk[name] = value;
  jwk["alg"] = name_of(state_->algorithm);
  jwk["use"] = "sig";
  jwk["kid"] = state_->id.text();
  return jwk;
}

std::string PublicKey::thumbprint() const { return thumbprint_of(state_->key.get(), state_->algorithm); }

}  // namespace cardea
