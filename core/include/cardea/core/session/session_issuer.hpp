// Starts sessions and refreshes them: a short-lived access token and the refresh token that is exchanged for the next
// pair.
//
// A refresh token counts once. One that was exchanged within the policy's grace is answered with the token that counts
// now, so that neither two tabs nor a lost reply throws anyone out. Later it has been copied: the session ends, for the
// thief and for the user alike (RFC 9700 section 4.14.2).
#pragma once

#include <cardea/core/account/user_store.hpp>
#include <cardea/core/audit/audit_event.hpp>
#include <cardea/core/metrics/counter.hpp>
#include <cardea/core/session/access_token_issuer.hpp>
#include <cardea/core/session/session_administration.hpp>
#include <cardea/core/session/session_store.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace cardea {

struct TokenPair {
  AccessToken access;
  Secret refresh_token;
  std::chrono::seconds refresh_expires_in{};  // if it is not exchanged before
  SessionId session;
};

// Thread-safe; calls may block. What it is given outlives it.
class SessionIssuer {
 public:
  SessionIssuer(SessionStore& store, UserStore& users, const AccessTokenIssuer& access_tokens,
                SessionAdministration& administration, AuditSink& audit)
      : store_(store), users_(users), access_tokens_(access_tokens), administration_(administration), audit_(audit) {}

  // For a user who has just proved to be one. Errors: those of AccessTokenIssuer::issue and of the store.
  Result<TokenPair> start(const User& user, const ClientTrace& client, Instant now);
  // How many sessions it has started.
  std::uint64_t started() const noexcept { return started_.value(); }

  // One audit event, session_refreshed or refresh_refused; and session_ended with it for a token that was reused.
  // Errors: refresh_token_invalid (none of ours, or its session has ended or is too old), refresh_token_reused,
  // user_not_found, user_disabled, and those of start.
  Result<TokenPair> refresh(std::string_view token, const ClientTrace& client, const Origin& origin, Instant now);

  // Ends the session that a token is of (RFC 7009). False, and nothing happens, for text that is none of its session's
  // tokens, current or superseded. Errors: the store's.
  Result<bool> revoke(std::string_view token, const Origin& origin, Instant now);

  // The living session that a token is of, current or superseded: for those who may ask about tokens. Changes nothing.
  // Errors: refresh_token_invalid, also for one that was reused; the store's.
  Result<Session> session_of(std::string_view token, Instant now);

 private:
  Result<TokenPair> refreshed(std::string_view token, const ClientTrace& client, const Origin& origin, Instant now,
                              std::string& subject);
  // Empty if another request has exchanged the token meanwhile.
  Result<std::optional<TokenPair>> exchanged(const Session& session, const RefreshToken& token, const User& user,
                                             const ClientTrace& client, Instant now);
  Result<Session> living_session_of(const RefreshToken& token, Instant now);
  Error reused(const Session& session, const User& user, const Origin& origin, Instant now);
  TokenPair pair_of(const Session& session, AccessToken access, const RefreshToken& refresh, Instant now) const;
  Instant access_end(Instant now) const;

  SessionStore& store_;
  UserStore& users_;
  const AccessTokenIssuer& access_tokens_;
  SessionAdministration& administration_;
  AuditSink& audit_;
  Counter started_;
};

}  // namespace cardea
