// Logs an account in by name and password.
#pragma once

#include <cardea/core/account/login_throttle.hpp>
#include <cardea/core/account/password_hasher.hpp>
#include <cardea/core/account/user_store.hpp>
#include <cardea/core/audit/audit_event.hpp>
#include <cardea/core/base/secret.hpp>
#include <optional>

namespace cardea {

// A user who has just given their password, and the stored hash that it matched.
struct AuthenticatedUser {
  User user;
  PasswordHash matched;
};

class Authenticator {
 public:
  Authenticator(UserStore& users, const PasswordHasher& hasher, AuditSink& audit,
                const LoginThrottle::Limits& limits = {})
      : users_(users), hasher_(hasher), audit_(audit), throttle_(limits) {}

  // Blocks for one password hash, two when the stored hash is weaker than a new one. Thread-safe.
  //
  // An invalid or unknown name, a disabled or deleted account and a wrong or empty password are one error with the same
  // text and the same work: invalid_credentials. So is a password over PasswordHasher::kLongestPassword, with no
  // look-up and no hash, whatever the name. What is not said to the client stands in the audit event's reason.
  // A hash costlier than a new one (bcrypt of a high cost) still shows by its time that the account exists, until the
  // login that rehashes it.
  //
  // Too many of these refusals make the next attempt wait, with no look-up and no hash: too_many_attempts, alike for
  // every name, with the time to wait. It is the event login_throttled, and counts as no further failure.
  // Other errors: store_unavailable, store_corrupt, service_unavailable (no memory for the hash).
  Result<User> log_in(std::string_view username, const Secret& password, const Origin& origin, Instant now);
  Result<AuthenticatedUser> authenticate(std::string_view username, const Secret& password, const Origin& origin,
                                         Instant now);

  // For whoever has given something out to an authenticated user: whether it was still right to, now that it is there.
  // While the password was being checked it may have been changed, or the account disabled, and what a change ends it
  // ends before that something was. No hash, unless the stored one is another. Errors: invalid_credentials, which is
  // one audit event more, login_failed; the store's.
  Done confirm(const AuthenticatedUser& login, const Secret& password, const Origin& origin, Instant now);

 private:
  struct Attempt;

  Result<AuthenticatedUser> attempted(std::string_view username, const Secret& password, Attempt& attempt, Instant now);
  Result<AuthenticatedUser> decide(Attempt& attempt, const Secret& password, Instant now);
  std::optional<ErrorCode> objection_to(const std::optional<UserCredentials>& present, const AuthenticatedUser& login,
                                        const Secret& password, Instant now) const;
  void renew_hash(const UserCredentials& credentials, const Secret& password, const Origin& origin, Instant now);

  UserStore& users_;
  const PasswordHasher& hasher_;
  AuditSink& audit_;
  LoginThrottle throttle_;
};

}  // namespace cardea
