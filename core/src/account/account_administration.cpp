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
  auto done = replace_password(username, password, now);
  record(AuditAction::password_changed, username, origin, now, refusal_in(done));
  return done;
}

Result<User> AccountAdministration::disable(const Username& username, const Origin& origin, Instant now) {
  auto user = set_state(username, AccountState::disabled, now);
  record(AuditAction::user_disabled, username, origin, now, refusal_in(user));
  return user;
}

Result<User> AccountAdministration::enable(const Username& username, const Origin& origin, Instant now) {
  auto user = set_state(username, AccountState::active, now);
  record(AuditAction::user_enabled, username, origin, now, refusal_in(user));
  return user;
}

Result<User> AccountAdministration::delete_account(const Username& username, const Origin& origin, Instant now) {
  auto user = set_state(username, AccountState::deleted, now);
  record(AuditAction::user_deleted, username, origin, now, refusal_in(user));
  return user;
}

Result<User> AccountAdministration::change_role(const Username& username, const Role& role, const Origin& origin,
                                                Instant now) {
  const auto id = living(username);
  auto user = id ? users_.set_role(*id, role, now) : Result<User>{failure(id.error())};
  record(AuditAction::role_changed, username, origin, now, refusal_in(user));
  return user;
}

Result<PasswordHash> AccountAdministration::accepted_hash(const Username& username, const Secret& password) const {
  if (auto accepted = policy_.check(password, username); !accepted) return failure(std::move(accepted).error());
  return hasher_.hash(password);
}

Result<UserId> AccountAdministration::living(const Username& username) const {
  const auto user = users_.find(username);
  if (!user) return failure(user.error());
  if (!*user || (*user)->state == AccountState::deleted) return failure(ErrorCode::account_not_found);
  return (*user)->id;
}

Done AccountAdministration::replace_password(const Username& username, const Secret& password, Instant now) {
  const auto id = living(username);
  if (!id) return failure(id.error());
  const auto hash = accepted_hash(username, password);
  if (!hash) return failure(hash.error());
  return users_.set_password_hash(*id, *hash, now);
}

Result<User> AccountAdministration::set_state(const Username& username, AccountState state, Instant now) {
  const auto id = living(username);
  if (!id) return failure(id.error());
  return users_.set_state(*id, state, now);
}

void AccountAdministration::record(AuditAction action, const Username& username, const Origin& origin, Instant now,
                                   const Error* refusal) {
  AuditEvent event{now, action, std::string(username.text()), origin, {}};
  if (refusal != nullptr) event.reason = refusal->code();
  audit_.record(event);
}

}  // namespace cardea
