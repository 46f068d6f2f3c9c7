// Makes and changes accounts: policy, hash, store, audit event and the end of sessions of each step in one place, for
// the command line and the administration routes alike.
#pragma once

#include <cardea/core/account/password_hasher.hpp>
#include <cardea/core/account/password_policy.hpp>
#include <cardea/core/account/user_store.hpp>
#include <cardea/core/audit/audit_event.hpp>
#include <cardea/core/session/session_administration.hpp>

namespace cardea {

// Calls may block; thread-safe. Each call leaves one audit event of its own, refused ones too. Errors, beyond the
// named: those of the stores.
//
// A new password, disabling and deleting end all sessions of the user, right after the change is stored. If that fails
// the call does, with the change made and recorded: it is to be repeated, which ends the sessions though there is
// nothing left to change.
class AccountAdministration {
 public:
  AccountAdministration(UserStore& users, SessionAdministration& sessions, const PasswordHasher& hasher,
                        const PasswordPolicy& policy, AuditSink& audit)
      : users_(users), sessions_(sessions), hasher_(hasher), policy_(policy), audit_(audit) {}

  // Errors: password_rejected, username_taken, service_unavailable (no memory for the hash).
  Result<User> create(const Username& username, const Role& role, const Secret& password, const Origin& origin,
                      Instant now);

  // Errors: account_not_found, password_rejected, service_unavailable.
  Done change_password(const Username& username, const Secret& password, const Origin& origin, Instant now);

  // Errors: account_not_found, also for a deleted account. To be what it is already is no error.
  Result<User> disable(const Username& username, const Origin& origin, Instant now);
  Result<User> enable(const Username& username, const Origin& origin, Instant now);
  Result<User> change_role(const Username& username, const Role& role, const Origin& origin, Instant now);

  // For ever; the name stays taken. Error: account_not_found, of a deleted account when none of its sessions is left.
  Result<User> delete_account(const Username& username, const Origin& origin, Instant now);

 private:
  Result<PasswordHash> accepted_hash(const Username& username, const Secret& password) const;
  Result<User> living(const Username& username) const;
  Result<User> replace_password(const Username& username, const Secret& password, Instant now);
  Result<User> set_state(const Username& username, AccountState state, Instant now);
  Result<User> without_sessions(Result<User> changed, SessionEnd reason, const Origin& origin, Instant now);
  Done end_sessions_left_of(const Username& deleted, const Origin& origin, Instant now);
  void record(AuditAction action, const Username& username, const Origin& origin, Instant now, const Error* refusal);

  UserStore& users_;
  SessionAdministration& sessions_;
  const PasswordHasher& hasher_;
  PasswordPolicy policy_;
  AuditSink& audit_;
};

}  // namespace cardea
