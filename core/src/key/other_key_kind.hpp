// Recognises key material of another kind where a shared secret is expected.
#pragma once

#include <string>
#include <string_view>

namespace cardea {

// What the bytes are instead of a secret (PEM, DER, SSH, JWK, or base64 of one), for the message to the operator; empty
// if nothing else. A public key that is taken for an HMAC secret lets everyone sign (RFC 8725 section 2.1).
std::string other_key_kind(std::string_view bytes);

}  // namespace cardea
