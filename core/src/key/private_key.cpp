#include <openssl/ec.h>
#include <openssl/rsa.h>

#include <boost/json/serialize.hpp>
#include <cardea/core/key/private_key.hpp>
#include <variant>

#include "key/curve.hpp"
#include "key/ed25519.hpp"
#include "key/evp_signature.hpp"
#include "key/jwk_key.hpp"
#include "key/key_encoding.hpp"
#include "key/key_rules.hpp"
#include "key/public_key_state.hpp"

namespace cardea {
namespace {

std::unexpected<Error> unusable(std::string why) {
  return failure(ErrorCode::key_unusable, PrivateText{std::move(why)});
}

openssl::Key generated(Algorithm algorithm, unsigned rsa_bits) {
  const openssl::ErrorsCleared errors;
  switch (key_type_of(algorithm)) {
    case KeyType::rsa: return openssl::Key{EVP_RSA_gen(rsa_bits)};
    case KeyType::ec: return openssl::Key{EVP_EC_gen(curve_of(algorithm).openssl_name)};
    case KeyType::okp: return openssl::Key{EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")};
    case KeyType::oct: break;
  }
  return nullptr;
}

using AnySigner = std::variant<EvpSigner, Ed25519Signer>;

Result<AnySigner> signer_of(EVP_PKEY* key, Algorithm algorithm) {
  if (algorithm == Algorithm::eddsa) return AnySigner{Ed25519Signer{key}};
  auto signer = EvpSigner::make(key, algorithm);
  if (!signer) return failure(std::move(signer).error());
  return AnySigner{*std::move(signer)};
}

Result<Signature> signed_by(const AnySigner& any, std::string_view message) {
  return std::visit([&](const auto& signer) { return signer.sign(message); }, any);
}

// A private half that belongs to another public one would sign what nobody can verify, or worse, tell about itself.
Done check_halves(const AnySigner& signer, const PublicKey& public_key) {
  constexpr std::string_view kMessage = "cardea key check";
  const auto signature = signed_by(signer, kMessage);
  if (!signature || !public_key.verifies(kMessage, signature->view())) {
    return unusable("the private and the public half do not belong together");
  }
  return {};
}

}  // namespace

struct PrivateKey::State {
  openssl::Key key;
  AnySigner signer;
  PublicKey public_key;

  static Result<PrivateKey> make(Result<openssl::Key> read, Algorithm algorithm, std::optional<KeyId> id) {
    if (!read) return failure(std::move(read).error());
    auto key = *std::move(read);
    if (!key) return unusable("OpenSSL cannot read the key");
    // Before anything is done with it: an outsized key would take its time.
    if (auto checked = check_key(key.get(), algorithm); !checked) return failure(std::move(checked).error());
    auto public_key = PublicKey::State::make(public_half_of(key.get()), algorithm, std::move(id));
    if (!public_key) return failure(std::move(public_key).error());
    auto signer = signer_of(key.get(), algorithm);
    if (!signer) return failure(std::move(signer).error());
    if (auto checked = check_halves(*signer, *public_key); !checked) return failure(std::move(checked).error());
    return PrivateKey{std::make_shared<const State>(std::move(key), *std::move(signer), *std::move(public_key))};
  }
};

Result<PrivateKey> PrivateKey::generate(Algorithm algorithm, unsigned rsa_bits) {
  constexpr unsigned kStep = 256;
  const bool possible = rsa_bits >= kLeastRsaBits && rsa_bits <= kMostRsaBits && rsa_bits % kStep == 0;
  if (is_symmetric(algorithm)) return unusable(std::string(name_of(algorithm)) + " needs a shared secret");
  if (!possible) return unusable("an RSA key has 2048 to 8192 bits, a multiple of 256");
  return State::make(generated(algorithm, rsa_bits), algorithm, std::nullopt);
}

Result<PrivateKey> PrivateKey::from_pem(std::string_view pem, Algorithm algorithm, const Secret& passphrase,
                                        std::optional<KeyId> id) {
  return State::make(private_key_from_pem(pem, passphrase), algorithm, std::move(id));
}

Result<PrivateKey> PrivateKey::from_jwk(const boost::json::object& members, Algorithm algorithm,
                                        std::optional<KeyId> id) {
  return State::make(private_key_of(members, algorithm), algorithm, std::move(id));
}

Result<PrivateKey> PrivateKey::from_der(const Secret& der, Algorithm algorithm, std::optional<KeyId> id) {
  return State::make(private_key_from_der(der.expose()), algorithm, std::move(id));
}

const PublicKey& PrivateKey::public_key() const noexcept { return state_->public_key; }

Result<Signature> PrivateKey::sign(std::string_view message) const { return signed_by(state_->signer, message); }

Secret PrivateKey::to_pem() const { return private_pem_of(state_->key.get()); }

Result<Secret> PrivateKey::to_encrypted_pem(const Secret& passphrase) const {
  return encrypted_pem_of(state_->key.get(), passphrase);
}

Secret PrivateKey::to_der() const { return private_der_of(state_->key.get()); }

Secret PrivateKey::to_jwk() const {
  constexpr std::size_t kRoom = 16 * 1024;  // of one piece, so that no part stays behind in freed memory
  std::string text = boost::json::serialize(public_key().to_jwk());
  text.reserve(kRoom);
  text.pop_back();
  for (const auto& [name, value] : private_members_of(state_->key.get(), algorithm())) {
    text.append(",\"").append(name).append("\":\"").append(value.expose()).append("\"");
  }
  text += '}';
  return Secret{std::move(text)};
}

}  // namespace cardea
