// From a bearer token to the principal it speaks for, in two steps: is the token genuine, and whose is it? Each step
// can be tried on a thread that must not block; only if it comes back empty, its second form is called where blocking
// is allowed.
//
// Each refusal is one audit event, token_refused. A step that comes back empty has recorded nothing.
#pragma once

#include <cardea/core/access/principal.hpp>
#include <cardea/core/audit/audit_event.hpp>
#include <cardea/core/token/verified_token.hpp>
#include <optional>
#include <string_view>

namespace cardea {

// Thread-safe.
class PrincipalAuthenticator {
 public:
  virtual ~PrincipalAuthenticator() = default;

  // Never blocks. Empty if only a question to the keys' source could tell: the token's key is unknown, and the source
  // may learn it. Errors: those of verify.
  virtual std::optional<Result<SharedToken>> verify_now(std::string_view compact, const Origin& origin,
                                                        Instant now) const = 0;

  // May block: for a token whose key is unknown, on asking the keys' source once.
  // Errors: token_invalid; why exactly is its private text (a token_* code's name) and the event's reason. And
  // key_set_unavailable, if the key is unknown because there is no key at all: that is no refusal of the token, and no
  // event. Where the source fails but there are other keys, a token with none of them is refused as any other: one
  // issuer that is down stops nobody else, and made-up key ids are no outage.
  virtual Result<SharedToken> verify(std::string_view compact, const Origin& origin, Instant now) const = 0;

  // Never blocks. Empty if it is not known without waiting. Errors: those of principal_of.
  virtual std::optional<Result<Principal>> principal_known_now(const VerifiedToken& token, const Origin& origin,
                                                               Instant now) const = 0;

  // May block. Error: token_subject_missing (no sub, or an empty one), and those that the implementation adds.
  virtual Result<Principal> principal_of(const VerifiedToken& token, const Origin& origin, Instant now) const = 0;
};

}  // namespace cardea
