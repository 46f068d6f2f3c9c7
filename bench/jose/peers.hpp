// Debian's other libraries of this kind, each behind the same two functions. Empty: it does not do the algorithm.
#pragma once

#include <cardea/core/key/algorithm.hpp>
#include <cardea/core/key/signing_key.hpp>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace cardea::bench {

struct Peer {
  std::function<std::string()> sign;             // a token with the claims of kClaims
  std::function<bool(std::string_view)> verify;  // of a token that stands in memory with a 0 behind it
};

// What one key is to each of them.
struct KeyTexts {
  std::string secret;       // of HMAC
  std::string private_pem;  // of a pair
  std::string public_pem;
  std::string jwk;  // whole
};

// sub, role, iat and exp, as the login route issues them; exp is far away.
inline constexpr std::string_view kClaims = R"({"sub":"alice","role":"admin","iat":1767268800,"exp":4102444800})";

std::optional<Peer> libjwt(Algorithm algorithm, const KeyTexts& key);
// Checks the signature alone and reads no claim.
std::optional<Peer> cjose(Algorithm algorithm, const KeyTexts& key);
// OpenSSL's EVP with the key and its context kept, without any JSON or base64.
std::optional<Peer> raw_openssl(Algorithm algorithm, const KeyTexts& key);
// libsodium's Ed25519.
std::optional<Peer> raw_sodium(Algorithm algorithm, const KeyTexts& key);

}  // namespace cardea::bench
