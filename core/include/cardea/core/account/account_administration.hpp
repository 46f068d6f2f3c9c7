// Makes and changes accounts: policy, hash, store and audit event of each step in one place, for the command line and
// the administration routes alike.
#pragma once

#include <cardea/core/account/password_hasher.hpp>
#include <cardea/core/account/password_policy.hpp>
#include <cardea/core/account/user_store.hpp>
#include <cardea/core/audit/audit_event.hpp>

namespace cardea {

// Calls may block; thread-safe. Each call leaves one audit event, refused ones too. Errors, beyond the named: those of
// the store.
class AccountAdministration {
 public:
  AccountAdministration(UserStore& users, const PasswordHasher& hasher, const PasswordPolicy& policy, AuditSink& audit)
      : users_(users), hasher_(hasher), policy_(policy), audit_(audit) {}

  // Errors: password_rejected, username_taken, service_unavailable (no memory for the hash).
  Result<User> create(const Username& username, const Role& role, const Secret& password, const Origin& origin,
                      Instant now);

  // Errors: account_not_found, password_rejected, service_unavailable.
  Done change_password(const Username& username, const Secret& password, const Origin& origin, Instant now);

  // Errors: account_not_found, also for a deleted account. To be what it is already is no error.
  Result<User> disable(const Username& username, const Origin& origin, Instant now);
  Result<User> enable(const Username& username, const Origin& origin, Instant now);
  Result<User> change_role(const Username& username, const Role& role, const Origin& origin, Instant now);

  // For ever; the name stays taken. Error: account_not_found.
  Result<User> delete_account(const Username& username, const Origin& origin, Instant now);

 private:
  Result<PasswordHash> accepted_hash(const Username& username, const Secret& password) const;
  Result<UserId> living(const Username& username) const;
  Done replace_password(const Username& username, const Secret& password, Instant now);
  Result<User> set_state(const Username& username, AccountState state, Instant now);
  void record(AuditAction action, const Username& username, const Origin& origin, Instant now, const Error* refusal);

  UserStore& users_;
  const PasswordHasher& hasher_;
  PasswordPolicy policy_;
  AuditSink& audit_;
};

}  // namespace cardea
