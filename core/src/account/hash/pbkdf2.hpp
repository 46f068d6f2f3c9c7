// PBKDF2 hashes (RFC 8018 section 5.2), in passlib's and in Django's notation.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cstdint>
#include <string>
#include <string_view>

namespace cardea {

struct Pbkdf2Hash {
  enum class Digest : unsigned char { sha1, sha256, sha512 };
  Digest digest = Digest::sha256;
  std::uint32_t rounds = 0;
  std::string salt;
  std::string key;
};

// $pbkdf2-sha256$29000$salt$key, $pbkdf2-sha512$…, $pbkdf2$… (SHA-1).
// Error: password_hash_unsupported, when over 3,000,000 rounds or of another size than its digest too.
Result<Pbkdf2Hash> read_passlib_pbkdf2(std::string_view hash);
// pbkdf2_sha256$600000$salt$key, pbkdf2_sha1$…. Likewise.
Result<Pbkdf2Hash> read_django_pbkdf2(std::string_view hash);

Result<bool> verify_pbkdf2(std::string_view password, const Pbkdf2Hash& hash);

}  // namespace cardea
