#include <algorithm>
#include <cardea/core/account/account_administration.hpp>
#include <cardea/core/token/opaque_token.hpp>

namespace cardea {
namespace {

constexpr OpaqueToken kResetCode{"cardea_pr_", 32};

template <class T>
const Error* refusal_in(const Result<T>& result) {
  return result ? nullptr : &result.error();
}

Result<User> user_in(Result<UserRecord> record) {
  if (!record) return failure(std::move(record).error());
  return std::move(record->user);
}

AuditAction action_to(AccountState state) {
  switch (state) {
    case AccountState::active: return AuditAction::user_enabled;
    case AccountState::disabled: return AuditAction::user_disabled;
    case AccountState::deleted: return AuditAction::user_deleted;
  }
  std::unreachable();
}

std::vector<Role> roles_of(const User& user) {
  std::vector<Role> roles{user.role};
  std::ranges::copy(user.other_roles.roles(), std::back_inserter(roles));
  return roles;
}

}  // namespace

Result<User> AccountAdministration::create(const Username& username, const Role& role, const Secret& password,
                                           const Origin& origin, Instant now,
                                           const std::optional<EmailAddress>& email) {
  auto hash = accepted_hash(username, password);
  if (hash) return added({username, role, *std::move(hash), email}, origin, now);
  record(AuditAction::user_created, username, origin, now, &hash.error());
  return failure(std::move(hash).error());
}

Result<User> AccountAdministration::create_without_password(const Username& username, const Role& role,
                                                            const Origin& origin, Instant now,
                                                            const std::optional<EmailAddress>& email) {
  return added({username, role, PasswordHash{""}, email}, origin, now);
}

Done AccountAdministration::change_password(const Username& username, const Secret& password, const Origin& origin,
                                            Instant now, const std::optional<SessionId>& but) {
  auto user = replace_password(username, password, now);
  record(AuditAction::password_changed, username, origin, now, refusal_in(user));
  user = without_sessions(std::move(user), SessionEnd::password_changed, origin, now, but);
  if (!user) return failure(std::move(user).error());
  return {};
}

Result<PasswordReset> AccountAdministration::start_password_reset(const Username& username, const Origin& origin,
                                                                  Instant now) {
  auto reset = started_reset(username, now);
  record(AuditAction::password_reset_started, username, origin, now, refusal_in(reset));
  return reset;
}

Result<User> AccountAdministration::use_password_reset(std::string_view code, const Secret& password,
                                                       const Origin& origin, Instant now) {
  AuditEvent event{now, AuditAction::password_reset_used, {}, origin, {}};
  auto user = used_reset(code, password, now, event.subject);
  if (!user) event.reason = user.error().code();
  audit_.record(event);
  return without_sessions(std::move(user), SessionEnd::password_changed, origin, now);
}

Result<UserRecord> AccountAdministration::change(const Username& username, const UserChange& change,
                                                 const Origin& origin, Instant now,
                                                 std::optional<std::int64_t> version) {
  auto record = changed(username, change, now, version);
  record_change(change, username, origin, now, refusal_in(record));
  if (!record || change.state != AccountState::disabled) return record;
  const auto ended = without_sessions(record->user, SessionEnd::user_disabled, origin, now);
  if (!ended) return failure(ended.error());
  return record;
}

Result<User> AccountAdministration::disable(const Username& username, const Origin& origin, Instant now) {
  return user_in(change(username, {.state = AccountState::disabled}, origin, now));
}

Result<User> AccountAdministration::disable_until(const Username& username, Instant end, const Origin& origin,
                                                  Instant now) {
  return user_in(change(username, {.state = AccountState::disabled, .disabled_until = end}, origin, now));
}

Result<User> AccountAdministration::enable(const Username& username, const Origin& origin, Instant now) {
  return user_in(change(username, {.state = AccountState::active}, origin, now));
}

Result<User> AccountAdministration::delete_account(const Username& username, const Origin& origin, Instant now,
                                                   std::optional<std::int64_t> version) {
  auto user = user_in(changed(username, {.state = AccountState::deleted}, now, version));
  record(AuditAction::user_deleted, username, origin, now, refusal_in(user));
  if (!user && user.error().code() == ErrorCode::account_not_found) {
    if (auto ended = end_what_is_left_of(username, origin, now); !ended) return failure(std::move(ended).error());
  }
  user = without_sessions(std::move(user), SessionEnd::user_deleted, origin, now);
  return without_api_keys(std::move(user), origin, now);
}

Result<User> AccountAdministration::restore(const Username& username, const Origin& origin, Instant now) {
  auto user = restored(username, now);
  record(AuditAction::user_restored, username, origin, now, refusal_in(user));
  return user;
}

Result<UserRecord> AccountAdministration::set_email(const Username& username, const std::optional<EmailAddress>& email,
                                                    const Origin& origin, Instant now) {
  return change(username, {.email = email}, origin, now);
}

Result<User> AccountAdministration::change_role(const Username& username, const Role& role, const Origin& origin,
                                                Instant now) {
  return user_in(change(username, {.roles = UserRoles{role}}, origin, now));
}

Result<User> AccountAdministration::grant_role(const Username& username, const Role& role, const Origin& origin,
                                               Instant now) {
  auto user = living(username);
  if (user) {
    auto roles = roles_of(*user);
    roles.push_back(role);
    user = set_roles(*user, std::move(roles), now);
  }
  record(AuditAction::role_changed, username, origin, now, refusal_in(user));
  return user;
}

Result<User> AccountAdministration::revoke_role(const Username& username, const Role& role, const Origin& origin,
                                                Instant now) {
  auto user = living(username);
  if (user) {
    auto roles = roles_of(*user);
    std::erase(roles, role);
    user = set_roles(*user, std::move(roles), now);
  }
  record(AuditAction::role_changed, username, origin, now, refusal_in(user));
  return user;
}

Result<User> AccountAdministration::set_roles(const User& user, std::vector<Role> roles, Instant now) {
  if (roles.empty()) return failure(ErrorCode::conflict, PublicText{"It is the user's only role: grant another first"});
  const RoleList all{std::move(roles)};
  const auto others = all.roles().subspan(1);
  const UserRoles given{all.roles().front(), RoleList{{others.begin(), others.end()}}};
  return user_in(changed(user.id, {.roles = given}, now));
}

Result<PasswordHash> AccountAdministration::accepted_hash(const Username& username, const Secret& password) const {
  if (auto accepted = policy_.check(password, username); !accepted) return failure(std::move(accepted).error());
  return hasher_.hash(password);
}

Result<User> AccountAdministration::living(const Username& username) const {
  auto user = users_.find(username);
  if (!user) return failure(std::move(user).error());
  if (!*user || (*user)->state == AccountState::deleted) return failure(ErrorCode::account_not_found);
  return **std::move(user);
}

Result<User> AccountAdministration::replace_password(const Username& username, const Secret& password, Instant now) {
  auto user = living(username);
  if (!user) return user;
  const auto hash = accepted_hash(username, password);
  if (!hash) return failure(hash.error());
  if (auto stored = users_.set_password_hash(user->id, *hash, now); !stored) return failure(std::move(stored).error());
  return user;
}

Result<User> AccountAdministration::added(const NewUser& user, const Origin& origin, Instant now) {
  auto done = users_.add(user, now);
  record(AuditAction::user_created, user.username, origin, now, refusal_in(done));
  return done;
}

Result<UserRecord> AccountAdministration::changed(const Username& username, const UserChange& change, Instant now,
                                                  std::optional<std::int64_t> version) {
  if (change.disabled_until && *change.disabled_until <= now) {
    return failure(ErrorCode::validation_failed, PublicText{"The end of a disabling must be in the future"});
  }
  const auto user = living(username);
  if (!user) return failure(user.error());
  return changed(user->id, change, now, version);
}

Result<UserRecord> AccountAdministration::changed(UserId id, const UserChange& change, Instant now,
                                                  std::optional<std::int64_t> version) {
  const auto guarded = [this](std::span<const StoredRole> stored) {
    return roles_.roles_with(kAdministration, stored);
  };
  auto record = users_.change(id, change, {.version = version, .guarded = guarded}, now);
  if (record || record.error().code() != ErrorCode::last_administrator) return record;
  return failure(ErrorCode::last_administrator,
                 PublicText{"Nobody else could change users any more: give somebody active, with a password, a role "
                            "with users:write first"});
}

Result<User> AccountAdministration::restored(const Username& username, Instant now) {
  auto user = users_.find(username);
  if (!user) return failure(std::move(user).error());
  if (!*user) return failure(ErrorCode::account_not_found);
  auto restored = users_.restore((*user)->id, now);
  if (restored || restored.error().code() != ErrorCode::conflict) return restored;
  return failure(ErrorCode::conflict, PublicText{"The user is not deleted"});
}

Result<PasswordReset> AccountAdministration::started_reset(const Username& username, Instant now) {
  const auto user = living(username);
  if (!user) return failure(user.error());
  PasswordReset reset{kResetCode.make(), now + PasswordReset::kLifetime};
  if (auto stored = users_.set_reset(user->id, digest_of(reset.code), reset.expires_at, now); !stored) {
    return failure(std::move(stored).error());
  }
  return reset;
}

Result<User> AccountAdministration::used_reset(std::string_view code, const Secret& password, Instant now,
                                               std::string& subject) {
  if (!kResetCode.read(code)) return failure(ErrorCode::password_reset_invalid);
  const auto digest = digest_of(Secret::copy_of(code));
  const auto known = users_.find_by_reset(digest, now);
  if (!known) return failure(known.error());
  if (!*known) return failure(ErrorCode::password_reset_invalid);
  subject = (*known)->username.text();
  const auto hash = accepted_hash((*known)->username, password);
  if (!hash) return failure(hash.error());
  auto user = users_.use_reset(digest, *hash, now);
  if (!user) return failure(std::move(user).error());
  if (!*user) return failure(ErrorCode::password_reset_invalid);
  return **std::move(user);
}

Result<User> AccountAdministration::without_sessions(Result<User> changed, SessionEnd reason, const Origin& origin,
                                                     Instant now, const std::optional<SessionId>& but) {
  if (!changed) return changed;
  auto ended = sessions_.end_all(*changed, but, reason, origin, now);
  if (!ended) return failure(std::move(ended).error());
  return changed;
}

Result<User> AccountAdministration::without_api_keys(Result<User> changed, const Origin& origin, Instant now) {
  if (!changed) return changed;
  auto revoked = api_keys_.revoke_all({changed->id, changed->username}, origin, now);
  if (!revoked) return failure(std::move(revoked).error());
  return changed;
}

Done AccountAdministration::end_what_is_left_of(const Username& deleted, const Origin& origin, Instant now) {
  auto user = users_.find(deleted);
  if (!user) return failure(std::move(user).error());
  if (!*user) return {};
  auto ended = without_sessions(**user, SessionEnd::user_deleted, origin, now);
  ended = without_api_keys(std::move(ended), origin, now);
  if (!ended) return failure(std::move(ended).error());
  return {};
}

void AccountAdministration::record_change(const UserChange& change, const Username& username, const Origin& origin,
                                          Instant now, const Error* refusal) {
  if (change.roles) record(AuditAction::role_changed, username, origin, now, refusal);
  if (change.email) record(AuditAction::email_changed, username, origin, now, refusal);
  if (change.state) record(action_to(*change.state), username, origin, now, refusal);
}

void AccountAdministration::record(AuditAction action, const Username& username, const Origin& origin, Instant now,
                                   const Error* refusal) {
  AuditEvent event{now, action, std::string(username.text()), origin, {}};
  if (refusal != nullptr) event.reason = refusal->code();
  audit_.record(event);
}

}  // namespace cardea
