#include <cardea/core/account/password_hasher.hpp>

#include "account/hash/argon2.hpp"
#include "account/hash/password_scheme.hpp"
#include "base/sodium_ready.hpp"

namespace cardea {
namespace {

HashCost with_sodium_ready(HashCost cost) {
  make_sodium_ready();
  return cost;
}

}  // namespace

PasswordHasher::PasswordHasher(HashCost cost) : cost_(with_sodium_ready(cost)), decoy_(decoy_argon2id(cost_)) {}

Result<PasswordHash> PasswordHasher::hash(const Secret& password) const {
  if (password.size() > kLongestPassword) return failure(ErrorCode::password_rejected);
  auto text = hash_argon2id(password.expose(), cost_);
  if (!text) return failure(std::move(text).error());
  return PasswordHash{*std::move(text)};
}

Done PasswordHasher::check(const PasswordHash& hash) {
  const auto scheme = scheme_of(hash.expose());
  if (!scheme) return failure(scheme.error());
  return (*scheme)->check(hash.expose());
}

Result<bool> PasswordHasher::verify(const Secret& password, const PasswordHash& hash) const {
  const auto scheme = scheme_of(hash.expose());
  if (!scheme) return failure(scheme.error());
  return (*scheme)->verify(password.expose(), hash.expose());
}

bool PasswordHasher::needs_rehash(const PasswordHash& hash) const {
  const auto parameters = read_argon2_parameters(hash.expose());
  return !parameters || !parameters->is_argon2id || parameters->memory_kib < cost_.memory_kib() ||
         parameters->passes < cost_.passes();
}

}  // namespace cardea
