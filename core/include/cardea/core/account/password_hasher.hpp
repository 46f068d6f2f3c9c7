// Makes and verifies password hashes. Slow on purpose: call it where blocking is allowed.
//
// New hashes are Argon2id. Verified are also imported argon2i and argon2id PHC strings (v=19, at most 256 MiB,
// 10 passes, 4 lanes) and bcrypt ($2a$, $2b$, $2y$, cost 4 to 14).
//
// bcrypt reads 72 bytes of a password and ignores the rest, here as in passlib 1.7 and the programs the hashes come
// from; it cannot carry a NUL, so a password with one matches no bcrypt hash. A rehash on login ends both.
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

  // Errors: password_hash_unsupported for an unknown scheme or an unbounded cost, refused without work;
  // service_unavailable when there is no memory for it.
  Result<bool> verify(const Secret& password, const PasswordHash& hash) const;

  // The scheme or a cost of the hash is below what a new hash has.
  bool needs_rehash(const PasswordHash& hash) const noexcept;

  // Belongs to no password; verifying against it is the work of verifying a new hash.
  const PasswordHash& decoy() const noexcept { return decoy_; }

 private:
  HashCost cost_;
  PasswordHash decoy_;
};

}  // namespace cardea
