// JWK set: no key verifies a signature that nobody made with it, and each public key reads back from its own JWK.
#include <array>
#include <boost/json/serialize.hpp>
#include <cardea/core/key/jwk_set.hpp>
#include <string>

#include "fuzzers.hpp"
#include "property.hpp"

namespace cardea::fuzz {
namespace {

// Of each size that a signature may have, the forms that weak code or a weak key lets through.
void require_no_chance_signature(const VerificationKey& key) {
  constexpr std::string_view kMessage = "nobody signed this";
  for (const auto size : {0UL, 32UL, 48UL, 64UL, 96UL, 132UL, 256UL, 512UL}) {
    for (const char fill : {'\0', '\1'}) {
      require(!key.verifies(kMessage, std::string(size, fill)), "a key verifies nothing by chance");
    }
  }
}

void require_to_read_back(const PublicKey& key) {
  const auto jwk = key.to_jwk();
  const auto again = PublicKey::from_jwk(jwk, key.algorithm(), key.id());
  require(again.has_value(), "the JWK of a public key is one");
  require(again->to_jwk() == jwk && again->thumbprint() == key.thumbprint(), "a public key's JWK is the same key");
  const auto set = read_jwk_set(boost::json::serialize(jwk));
  require(set.has_value() && set->keys().size() == 1, "the JWK of a public key is a set of one");
  require(set->keys()[0].id() == key.id() && set->keys()[0].algorithm() == key.algorithm(),
          "the JWK of a public key keeps its id and algorithm");
}

}  // namespace

void jwk_set(std::string_view text) {
  const auto set = read_jwk_set(text);
  if (!set) return;
  for (const auto& key : set->keys()) {
    require_no_chance_signature(key);
    if (const auto* public_key = key.public_key()) require_to_read_back(*public_key);
  }
}

}  // namespace cardea::fuzz
