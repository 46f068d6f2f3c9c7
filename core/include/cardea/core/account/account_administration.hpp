// Makes and changes accounts: policy, hash, store, audit event and the end of sessions of each step in one place, for
// the command line and the administration routes alike.
#pragma once

#include <cardea/core/access/live_roles.hpp>
#include <cardea/core/account/password_hasher.hpp>
#include <cardea/core/account/password_policy.hpp>
#include <cardea/core/account/user_store.hpp>
#include <cardea/core/api_key/api_key_administration.hpp>
#include <cardea/core/audit/audit_event.hpp>
#include <cardea/core/session/session_administration.hpp>

namespace cardea {

// Lets whoever has it set a new password, once. Kept nowhere: only its digest is.
struct PasswordReset {
  static constexpr std::chrono::minutes kLifetime{15};

  Secret code;
  Instant expires_at{};
};

// Calls may block; thread-safe. Each call leaves one audit event of its own, refused ones too. Errors, beyond the
// named: those of the stores.
//
// A new password, disabling and deleting end sessions of the user, deleting also revokes their API keys, right after
// the change is stored. If that fails the call does, with the change made and recorded: it is to be repeated, which
// ends the sessions though there is nothing left to change.
//
// The last active user who may change users (users:write) stays so: what would disable, delete or demote them is
// refused, last_administrator, and of two such changes at once the second one. Whoever is disabled for a time, or has
// no password, is nobody to rely on meanwhile.
class AccountAdministration {
 public:
  static constexpr std::string_view kAdministration = "users:write";

  AccountAdministration(UserStore& users, SessionAdministration& sessions, ApiKeyAdministration& api_keys,
                        const PasswordHasher& hasher, const PasswordPolicy& policy, AuditSink& audit,
                        LiveRoles roles = {})
      : users_(users),
        sessions_(sessions),
        api_keys_(api_keys),
        hasher_(hasher),
        policy_(policy),
        audit_(audit),
        roles_(std::move(roles)) {}

  // Errors: password_rejected, username_taken, service_unavailable (no memory for the hash).
  Result<User> create(const Username& username, const Role& role, const Secret& password, const Origin& origin,
                      Instant now, const std::optional<EmailAddress>& email = {});
  // Nobody logs in before a password is set or reset. Error: username_taken.
  Result<User> create_without_password(const Username& username, const Role& role, const Origin& origin, Instant now,
                                       const std::optional<EmailAddress>& email = {});

  // Ends all sessions but one, if it is given. Errors: account_not_found, password_rejected, service_unavailable.
  Done change_password(const Username& username, const Secret& password, const Origin& origin, Instant now,
                       const std::optional<SessionId>& but = {});

  // A code for a new password, in the place of any before. Error: account_not_found, also for a deleted account.
  Result<PasswordReset> start_password_reset(const Username& username, const Origin& origin, Instant now);
  // Ends all sessions. A password that is refused leaves the code as it is. Errors: password_reset_invalid,
  // password_rejected, service_unavailable.
  Result<User> use_password_reset(std::string_view code, const Secret& password, const Origin& origin, Instant now);

  // All of it or nothing, with an event for each thing that is given. Errors: account_not_found, also for a deleted
  // account; precondition_failed, if `version` is given and another than the account's; last_administrator;
  // validation_failed for an end of a disabling that is not in the future.
  Result<UserRecord> change(const Username& username, const UserChange& change, const Origin& origin, Instant now,
                            std::optional<std::int64_t> version = {});

  // Changes of one thing, with the errors of `change`. To be what it is already is no error.
  Result<User> disable(const Username& username, const Origin& origin, Instant now);
  Result<User> disable_until(const Username& username, Instant end, const Origin& origin, Instant now);
  Result<User> enable(const Username& username, const Origin& origin, Instant now);
  // That role alone.
  Result<User> change_role(const Username& username, const Role& role, const Origin& origin, Instant now);
  // Behind those that the user has.
  Result<User> grant_role(const Username& username, const Role& role, const Origin& origin, Instant now);
  // If it was the first one, the next is. Error, too: conflict, for the only one.
  Result<User> revoke_role(const Username& username, const Role& role, const Origin& origin, Instant now);

  // None removes it.
  Result<UserRecord> set_email(const Username& username, const std::optional<EmailAddress>& email, const Origin& origin,
                               Instant now);

  // Erases e-mail address, password and reset; the name stays taken. Errors: those of `change`, account_not_found of a
  // deleted account when none of its sessions and keys is left.
  Result<User> delete_account(const Username& username, const Origin& origin, Instant now,
                              std::optional<std::int64_t> version = {});
  // Gives a deleted account its name, id and role back. What was erased stays so: a password has to be set or reset
  // before anyone logs in. Errors: account_not_found; conflict for one that is not deleted.
  Result<User> restore(const Username& username, const Origin& origin, Instant now);

  // What somebody with these roles may.
  PermissionSet permissions_of(const Role& first, const RoleList& others = {}) const {
    return roles_.permissions_of(first, others);
  }

 private:
  Result<User> added(const NewUser& user, const Origin& origin, Instant now);
  Result<PasswordHash> accepted_hash(const Username& username, const Secret& password) const;
  Result<User> living(const Username& username) const;
  Result<UserRecord> changed(const Username& username, const UserChange& change, Instant now,
                             std::optional<std::int64_t> version);
  Result<UserRecord> changed(UserId id, const UserChange& change, Instant now,
                             std::optional<std::int64_t> version = {});
  Result<User> set_roles(const User& user, std::vector<Role> roles, Instant now);
  Result<User> replace_password(const Username& username, const Secret& password, Instant now);
  Result<User> restored(const Username& username, Instant now);
  Result<PasswordReset> started_reset(const Username& username, Instant now);
  Result<User> used_reset(std::string_view code, const Secret& password, Instant now, std::string& subject);
  Result<User> without_sessions(Result<User> changed, SessionEnd reason, const Origin& origin, Instant now,
                                const std::optional<SessionId>& but = {});
  Result<User> without_api_keys(Result<User> changed, const Origin& origin, Instant now);
  Done end_what_is_left_of(const Username& deleted, const Origin& origin, Instant now);
  void record_change(const UserChange& change, const Username& username, const Origin& origin, Instant now,
                     const Error* refusal);
  void record(AuditAction action, const Username& username, const Origin& origin, Instant now, const Error* refusal);

  UserStore& users_;
  SessionAdministration& sessions_;
  ApiKeyAdministration& api_keys_;
  const PasswordHasher& hasher_;
  PasswordPolicy policy_;
  AuditSink& audit_;
  LiveRoles roles_;
};

}  // namespace cardea
