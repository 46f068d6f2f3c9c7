// Private keys as PEM: what was read signs for its public half, can be written, and reads back the same.
#include <cardea/core/key/private_key.hpp>

#include "fuzzers.hpp"
#include "property.hpp"

namespace cardea::fuzz {
namespace {

void require_to_sign(const PrivateKey& key) {
  constexpr std::string_view kMessage = "a message";
  const auto signature = key.sign(kMessage);
  require(signature && key.public_key().verifies(kMessage, signature->view()), "a private key signs");
}

}  // namespace

void private_pem(std::string_view text) {
  for (const auto algorithm : all_algorithms()) {
    const auto key = PrivateKey::from_pem(text, algorithm);
    if (!key) continue;
    require_to_sign(*key);
    const auto written = key->to_pem();
    const auto again = PrivateKey::from_pem(written.expose(), algorithm);
    require(again.has_value(), "the PEM of a private key is one");
    require(again->to_pem().expose() == written.expose() && again->to_jwk().expose() == key->to_jwk().expose(),
            "a private key's PEM is the same key");
  }
}

}  // namespace cardea::fuzz
