#include <cardea/core/session/session_administration.hpp>

namespace cardea {
namespace {

AuditEvent ended_event(const User& user, const Origin& origin, Instant now) {
  return {now, AuditAction::session_ended, std::string(user.username.text()), origin, {}};
}

}  // namespace

Result<std::vector<Session>> SessionAdministration::list(UserId user, Instant now) {
  auto sessions = store_.list(user);
  if (sessions) std::erase_if(*sessions, [&](const Session& session) { return !session.is_alive(policy_, now); });
  return sessions;
}

Done SessionAdministration::end(const User& user, const SessionId& id, SessionEnd reason, const Origin& origin,
                                Instant now) {
  const auto ended = store_.end(id, user.id, {.reason = reason, .at = now});
  if (!ended) return failure(ended.error());
  if (!*ended) return failure(ErrorCode::session_not_found);
  ended_.add({&**ended, 1}, now);
  audit_.record(ended_event(user, origin, now));
  return {};
}

Result<std::size_t> SessionAdministration::end_all(const User& user, const std::optional<SessionId>& but,
                                                   SessionEnd reason, const Origin& origin, Instant now) {
  const auto ended = store_.end_all(user.id, but, {.reason = reason, .at = now});
  if (!ended) return failure(ended.error());
  ended_.add(*ended, now);
  audit_.record_all(std::vector(ended->size(), ended_event(user, origin, now)));
  return ended->size();
}

Done SessionAdministration::follow(Instant now) {
  const std::lock_guard lock{following_};
  const auto ends = store_.ends_after(followed_, now);
  if (!ends) return failure(ends.error());
  ended_.add(ends->sessions, now);
  followed_ = ends->last;
  return {};
}

Result<std::size_t> SessionAdministration::prune(Instant now, std::size_t limit) {
  ended_.prune(now);
  return store_.prune({.used_before = now - policy_.idle, .made_before = now - policy_.absolute, .now = now}, limit);
}

}  // namespace cardea
