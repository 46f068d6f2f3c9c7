#include <cardea/core/account/account_administration.hpp>

namespace cardea {
namespace {

template <class T>
const Error* refusal_in(const Result<T>& result) {
  return result ? nullptr : &result.error();
}

}  // namespace

Result<User> AccountAdministration::create(const Username& username, const Role& role, const Secret& password,
                                           const Origin& origin, Instant now) {
  auto hash = accepted_hash(username, password);
  auto user = hash ? users_.add({username, role, *hash}, now) : Result<User>{failure(std::move(hash).error())};
  record(AuditAction::user_created, username, origin, now, refusal_in(user));
  return user;
}

Done AccountAdministration::change_password(const Username& username, const Secret& password, const Origin& origin,
                                            Instant now) {
  auto user = replace_password(username, password, now);
  record(AuditAction::password_changed, username, origin, now, refusal_in(user));
  user = without_sessions(std::move(user), SessionEnd::password_changed, origin, now);
  if (!user) return failure(std::move(user).error());
  return {};
}

Result<User> AccountAdministration::disable(const Username& username, const Origin& origin, Instant now) {
  auto user = set_state(username, AccountState::disabled, now);
  record(AuditAction::user_disabled, username, origin, now, refusal_in(user));
  return without_sessions(std::move(user), SessionEnd::user_disabled, origin, now);
}

Result<User> AccountAdministration::enable(const Username& username, const Origin& origin, Instant now) {
  auto user = set_state(username, AccountState::active, now);
  record(AuditAction::user_enabled, username, origin, now, refusal_in(user));
  return user;
}

Result<User> AccountAdministration::delete_account(const Username& username, const Origin& origin, Instant now) {
  auto user = set_state(username, AccountState::deleted, now);
  record(AuditAction::user_deleted, username, origin, now, refusal_in(user));
  if (!user && user.error().code() == ErrorCode::account_not_found) {
    if (auto ended = end_sessions_left_of(username, origin, now); !ended) return failure(std::move(ended).error());
  }
  return without_sessions(std::move(user), SessionEnd::user_deleted, origin, now);
}

Result<User> AccountAdministration::change_role(const Username& username, const Role& role, const Origin& origin,
                                                Instant now) {
  auto user = living(username);
  if (user) user = users_.set_role(user->id, role, now);
  record(AuditAction::role_changed, username, origin, now, refusal_in(user));
  return user;
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

Result<User> AccountAdministration::set_state(const Username& username, AccountState state, Instant now) {
  const auto user = living(username);
  if (!user) return user;
  return users_.set_state(user->id, state, now);
}

Result<User> AccountAdministration::without_sessions(Result<User> changed, SessionEnd reason, const Origin& origin,
                                                     Instant now) {
  if (!changed) return changed;
  auto ended = sessions_.end_all(*changed, {}, reason, origin, now);
  if (!ended) return failure(std::move(ended).error());
  return changed;
}

Done AccountAdministration::end_sessions_left_of(const Username& deleted, const Origin& origin, Instant now) {
  auto user = users_.find(deleted);
  if (!user) return failure(std::move(user).error());
  if (!*user) return {};
  auto ended = sessions_.end_all(**user, {}, SessionEnd::user_deleted, origin, now);
  if (!ended) return failure(std::move(ended).error());
  return {};
}

void AccountAdministration::record(AuditAction action, const Username& username, const Origin& origin, Instant now,
                                   const Error* refusal) {
  AuditEvent event{now, action, std::string(username.text()), origin, {}};
  if (refusal != nullptr) event.reason = refusal->code();
  audit_.record(event);
}

}  // namespace cardea
