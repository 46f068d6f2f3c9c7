// The hashes of a Firebase project, as they are kept here: $firebase-scrypt$ln=14,r=8,p=1$salt$keystream.
//
// Firebase derives a key from the password by scrypt and encrypts the project's signer key under it, by AES-256 in
// counter mode from zero. An import knows the signer key and so the keystream, which is all that verification needs:
// what is kept has no secret of the project in it (docs/decisions/0013-imported-hashes.md).
#pragma once

#include <cardea/core/base/result.hpp>
#include <string>
#include <string_view>

#include "account/hash/scrypt.hpp"

namespace cardea {

// The salt with the project's separator; the digest is the keystream. Error: password_hash_unsupported, when out of
// bounds too.
Result<ScryptHash> read_firebase_scrypt(std::string_view hash);
std::string to_firebase_scrypt(const ScryptHash& hash);

Result<bool> verify_firebase_scrypt(std::string_view password, const ScryptHash& hash);

}  // namespace cardea
