// The secret that signs access tokens, where the configuration gives one.
#pragma once

#include <cardea/core/key/hmac_key.hpp>
#include <cardea/service/config/config.hpp>
#include <string>

namespace cardea::service {

struct ConfiguredSecret {
  HmacKey key;
  std::string warning;  // what the demo lets pass and nobody else may; empty: nothing
};

// `config` has a jwt_secret. Error: configuration_invalid, for one that is shorter than the algorithm's hash or a known
// placeholder (in the demo that is a warning), and for an algorithm of key pairs.
Result<ConfiguredSecret> configured_secret_of(const Config& config);

// A secret that stands in a tutorial, a README or a compose file, whatever its length: everybody knows it.
bool is_placeholder(const Secret& secret);

}  // namespace cardea::service
