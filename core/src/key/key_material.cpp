#include "key/key_material.hpp"

#include <sodium.h>

#include <cardea/core/base/base64url.hpp>
#include <cardea/core/base/json_text.hpp>

namespace cardea {
namespace {

constexpr std::size_t kSecretBytes = 64;  // enough for HS512

// As text, so that the secret can be given to a program that takes it from the environment.
Secret random_secret() {
  std::string bytes(kSecretBytes, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  const Secret wiped{std::move(bytes)};
  return Secret{to_base64url(wiped.expose())};
}

Secret oct_jwk(const Secret& secret, Algorithm algorithm, const KeyId& id) {
  std::string text;
  text.reserve(1024 + 2 * secret.size());  // of one piece, so that no part stays behind in freed memory
  text.append(R"({"kty":"oct","k":")");
  append_base64url(text, secret.expose());
  text.append(R"(","alg":")").append(name_of(algorithm)).append(R"(","use":"sig","kid":)");
  append_json_string(text, id.text());
  text += '}';
  return Secret{std::move(text)};
}

NewKey any_new_key(Algorithm algorithm) {
  if (!is_symmetric(algorithm)) {
    auto pair = PrivateKey::generate(algorithm).value();
    auto material = pair.to_der();
    return {SigningKey{std::move(pair)}, std::move(material)};
  }
  auto secret = random_secret();
  return {SigningKey{HmacKey::from_secret(secret, algorithm).value()}, std::move(secret)};
}

}  // namespace

NewKey new_key(Algorithm algorithm) {
  while (true) {
    auto fresh = any_new_key(algorithm);
    // A command line would take such a name for an option.
    if (!fresh.key.id().text().starts_with('-')) return fresh;
  }
}

Result<SigningKey> signing_key_of(const Secret& material, Algorithm algorithm, const KeyId& id) {
  if (is_symmetric(algorithm)) {
    auto key = HmacKey::from_secret(material, algorithm, id);
    if (!key) return failure(std::move(key).error());
    return SigningKey{*std::move(key)};
  }
  auto pair = PrivateKey::from_der(material, algorithm, id);
  if (!pair) return failure(std::move(pair).error());
  return SigningKey{*std::move(pair)};
}

Result<Secret> jwk_of(const Secret& material, Algorithm algorithm, const KeyId& id) {
  if (is_symmetric(algorithm)) return oct_jwk(material, algorithm, id);
  const auto pair = PrivateKey::from_der(material, algorithm, id);
  if (!pair) return failure(pair.error());
  return pair->to_jwk();
}

}  // namespace cardea
