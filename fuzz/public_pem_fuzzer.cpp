// Public keys as PEM: what was read can be written, and reads back the same.
#include <cardea/core/key/public_key.hpp>

#include "fuzzers.hpp"
#include "property.hpp"

namespace cardea::fuzz {

void public_pem(std::string_view text) {
  for (const auto algorithm : all_algorithms()) {
    const auto key = PublicKey::from_pem(text, algorithm);
    if (!key) continue;
    const auto written = key->to_pem();
    const auto again = PublicKey::from_pem(written, algorithm);
    require(again.has_value(), "the PEM of a public key is one");
    require(again->to_jwk() == key->to_jwk() && again->to_pem() == written, "a public key's PEM is the same key");
  }
}

}  // namespace cardea::fuzz
