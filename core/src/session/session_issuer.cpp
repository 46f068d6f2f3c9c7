#include <algorithm>
#include <cardea/core/session/session_issuer.hpp>

namespace cardea {
namespace {

using Standing = RefreshFamily::Standing;

// Another request with the same token may be quicker; then it is superseded, and there is nothing left to compete for.
constexpr int kAttempts = 3;

std::unexpected<Error> invalid(std::string_view why) {
  return failure(ErrorCode::refresh_token_invalid, PrivateText{std::string(why)});
}

}  // namespace

Instant SessionIssuer::access_end(Instant now) const {
  // A token that is superseded is answered with one more access token, for as long as the grace lasts.
  return now + access_tokens_.lifetime() + administration_.policy().grace;
}

TokenPair SessionIssuer::pair_of(const Session& session, AccessToken access, const RefreshToken& refresh,
                                 Instant now) const {
  const auto& policy = administration_.policy();
  const auto left = std::chrono::floor<std::chrono::seconds>(session.created_at + policy.absolute - now);
  return {.access = std::move(access),
          .refresh_token = refresh.text(),
          .refresh_expires_in = std::min(policy.idle, left),
          .session = session.id};
}

Result<TokenPair> SessionIssuer::start(const User& user, const ClientTrace& client, Instant now) {
  auto [family, first] = RefreshFamily::start();
  const Session session{.id = SessionId::random(),
                        .user = user.id,
                        .created_at = now,
                        .last_used_at = now,
                        .client = client,
                        .access_ends_at = access_end(now),
                        .refresh = std::move(family),
                        .ended_at = std::nullopt,
                        .end = std::nullopt};
  auto access = access_tokens_.issue(user, session.id, now);
  if (!access) return failure(std::move(access).error());
  if (auto added = store_.add(session); !added) return failure(std::move(added).error());
  started_.add();
  return pair_of(session, *std::move(access), first, now);
}

Result<TokenPair> SessionIssuer::refresh(std::string_view token, const ClientTrace& client, const Origin& origin,
                                         Instant now) {
  AuditEvent event{now, AuditAction::session_refreshed, {}, origin, {}};
  auto pair = refreshed(token, client, origin, now, event.subject);
  if (!pair) {
    event.action = AuditAction::refresh_refused;
    event.reason = pair.error().code();
  }
  audit_.record(event);
  return pair;
}

Result<TokenPair> SessionIssuer::refreshed(std::string_view text, const ClientTrace& client, const Origin& origin,
                                           Instant now, std::string& subject) {
  const auto token = RefreshToken::parse(text);
  if (!token) return invalid("no refresh token");
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    auto session = living_session_of(*token, now);
    if (!session) return failure(std::move(session).error());
    const auto user = users_.find(session->user);
    if (!user) return failure(user.error());
    if (!*user) return failure(ErrorCode::user_not_found);
    subject = (*user)->username.text();
    switch (session->refresh.standing_of(*token, now, administration_.policy().grace)) {
      case Standing::foreign: return invalid("not given out for this session");
      case Standing::reused: return failure(reused(*session, **user, origin, now));
      case Standing::superseded:
      case Standing::current: break;
    }
    auto pair = exchanged(*session, *token, **user, client, now);
    if (!pair || *pair) return pair ? Result<TokenPair>{**std::move(pair)} : failure(std::move(pair).error());
  }
  return failure(ErrorCode::service_unavailable, PrivateText{"a session was refreshed too often at once"});
}

Result<std::optional<TokenPair>> SessionIssuer::exchanged(const Session& session, const RefreshToken& token,
                                                          const User& user, const ClientTrace& client, Instant now) {
  if (user.state == AccountState::deleted) return failure(ErrorCode::user_not_found);
  if (user.state_at(now) == AccountState::disabled) return failure(ErrorCode::user_disabled);
  auto access = access_tokens_.issue(user, session.id, now);
  if (!access) return failure(std::move(access).error());
  const auto& family = session.refresh;
  if (token.generation < family.generation())
    return pair_of(session, *std::move(access), family.current_for(token), now);

  auto [next, successor] = family.exchange(token, now, administration_.policy().grace);
  const SessionRefresh change{
      .family = std::move(next), .at = now, .client = client, .access_ends_at = access_end(now)};
  const auto stored = store_.refresh(session.id, change);
  if (!stored) return failure(stored.error());
  if (!*stored) return std::nullopt;
  return pair_of(session, *std::move(access), successor, now);
}

Result<Session> SessionIssuer::living_session_of(const RefreshToken& token, Instant now) {
  auto session = store_.find_by_handle(RefreshFamily::handle_digest_of(token));
  if (!session) return failure(std::move(session).error());
  if (!*session) return invalid("no such session");
  if (!(*session)->is_alive(administration_.policy(), now)) return invalid("the session has ended");
  return **std::move(session);
}

Error SessionIssuer::reused(const Session& session, const User& user, const Origin& origin, Instant now) {
  const auto ended = administration_.end(user, session.id, SessionEnd::refresh_token_reused, origin, now);
  // Whoever else has ended it has done what is to be done.
  if (!ended && ended.error().code() != ErrorCode::session_not_found) return ended.error();
  return Error{ErrorCode::refresh_token_reused};
}

Result<bool> SessionIssuer::revoke(std::string_view token, const Origin& origin, Instant now) {
  const auto session = session_of(token, now);
  if (!session && session.error().code() == ErrorCode::refresh_token_invalid) return false;
  if (!session) return failure(session.error());
  const auto user = users_.find(session->user);
  if (!user) return failure(user.error());
  if (!*user) return false;
  const auto ended = administration_.end(**user, session->id, SessionEnd::logout, origin, now);
  if (!ended && ended.error().code() != ErrorCode::session_not_found) return failure(ended.error());
  return true;
}

Result<Session> SessionIssuer::session_of(std::string_view text, Instant now) {
  const auto token = RefreshToken::parse(text);
  if (!token) return invalid("no refresh token");
  auto session = living_session_of(*token, now);
  if (!session) return session;
  const auto standing = session->refresh.standing_of(*token, now, administration_.policy().grace);
  if (standing != Standing::current && standing != Standing::superseded) return invalid("it does not count any more");
  return session;
}

}  // namespace cardea
