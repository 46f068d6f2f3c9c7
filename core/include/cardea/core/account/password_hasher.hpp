// Makes and verifies password hashes. Slow on purpose: call it where blocking is allowed.
//
// New hashes are Argon2id. Verified are imported ones too, in the notation of the program they come from. Each has
// bounds that hold before any work, so that no stored hash makes a login take longer than a few seconds or more than
// 256 MiB:
//
//   argon2id, argon2i     $argon2id$v=19$m=…      PHC, passlib, Django     256 MiB, 10 passes, 4 lanes (Django: 8)
//   bcrypt                $2b$ $2a$ $2y$          crypt, passlib, Django   cost 4 to 14
//   bcrypt over SHA-256   $bcrypt-sha256$         passlib, Django          cost 4 to 14
//   scrypt                $scrypt$ln=…, $7$       passlib, Django, crypt   N * r * p up to 2097152
//   scrypt of Firebase    $firebase-scrypt$       firebase_hash_config.hpp the same
//   yescrypt              $y$j…                   crypt                    the same
//   PBKDF2                $pbkdf2-sha256$…        passlib, Django          3,000,000 rounds
//   sha512-crypt          $6$                     crypt, passlib           1,000,000 rounds
//
// bcrypt reads 72 bytes of a password and ignores the rest, here as in passlib 1.7 and the programs the hashes come
// from; crypt's schemes cannot carry a NUL, nor crypt's other schemes more than 511 bytes, so such a password matches
// no hash of theirs. A rehash on login ends all of it.
#pragma once

#include <cardea/core/account/hash_cost.hpp>
#include <cardea/core/account/password_hash.hpp>
#include <cardea/core/base/result.hpp>
#include <cardea/core/base/secret.hpp>

namespace cardea {

class PasswordHasher {
 public:
  // Longer input is refused before any hashing. In bytes.
  static constexpr std::size_t kLongestPassword = 1024;

  explicit PasswordHasher(HashCost cost = {});

  // Errors: password_rejected over the longest password, service_unavailable when there is no memory for it.
  Result<PasswordHash> hash(const Secret& password) const;

  // Whether verify would do its work for the hash. Error: password_hash_unsupported; its public text is the reason, for
  // whoever imports the hash, and no piece of the hash.
  static Done check(const PasswordHash& hash);

  // Errors: password_hash_unsupported for an unknown scheme or an unbounded cost, refused without work;
  // service_unavailable when there is no memory for it.
  Result<bool> verify(const Secret& password, const PasswordHash& hash) const;

  // The scheme or a cost of the hash is below what a new hash has.
  bool needs_rehash(const PasswordHash& hash) const;

  // Belongs to no password; verifying against it is the work of verifying a new hash.
  const PasswordHash& decoy() const noexcept { return decoy_; }

 private:
  HashCost cost_;
  PasswordHash decoy_;
};

}  // namespace cardea
