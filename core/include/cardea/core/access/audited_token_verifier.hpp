// A TokenVerifier that remembers what it has accepted, whose refusals are audit events and whose keys' source is asked
// for unknown keys: what every PrincipalAuthenticator does first.
#pragma once

#include <cardea/core/audit/audit_event.hpp>
#include <cardea/core/token/token_revocations.hpp>
#include <cardea/core/token/token_verifier.hpp>
#include <cardea/core/token/verified_token_cache.hpp>
#include <optional>
#include <string_view>

namespace cardea {

// Thread-safe. What it is given outlives it.
class AuditedTokenVerifier {
 public:
  // Null: no token is taken back before it expires.
  AuditedTokenVerifier(const TokenVerifier& verifier, AuditSink& audit, const TokenRevocations* revocations = nullptr)
      : verifier_(verifier), seen_(verifier), audit_(audit), revocations_(revocations) {}

  // These two as PrincipalAuthenticator says.
  std::optional<Result<SharedToken>> verify_now(std::string_view compact, const Origin& origin, Instant now) const;
  Result<SharedToken> verify(std::string_view compact, const Origin& origin, Instant now) const;

  // Records that a verified token was refused all the same.
  void record_refusal(const VerifiedToken& token, ErrorCode reason, const Origin& origin, Instant now) const;

  const CacheCounts& cache() const noexcept { return seen_.look_ups(); }

 private:
  Result<SharedToken> genuine(std::string_view compact, Instant now) const;
  Done learn(Instant now) const;
  bool has_keys(Instant now) const;
  Error refused(ErrorCode reason, const Origin& origin, Instant now) const;

  const TokenVerifier& verifier_;
  mutable CachedTokenVerifier seen_;
  AuditSink& audit_;
  const TokenRevocations* revocations_;
};

}  // namespace cardea
