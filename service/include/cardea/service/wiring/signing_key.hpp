// The key that signs access tokens: from the configured secret, or from one that is made on the first start and kept.
#pragma once

#include <cardea/core/key/signing_key.hpp>
#include <cardea/service/config/config.hpp>
#include <string>

namespace cardea::service {

struct LoadedSigningKey {
  SigningKey key;
  std::string warning;  // what the demo lets pass and nobody else may; empty: nothing
};

// Whether a secret is made where there is none yet.
enum class AbsentSecret : unsigned char { make, refuse };

// Errors: configuration_invalid for a secret that is shorter than the algorithm's hash or a known placeholder (in the
// demo that is a warning), file_unusable for a secret file that others can read or that cannot be made.
Result<LoadedSigningKey> load_signing_key(const Config& config, AbsentSecret absent);

// A secret that stands in a tutorial, a README or a compose file, whatever its length: everybody knows it.
bool is_placeholder(const Secret& secret);

}  // namespace cardea::service
