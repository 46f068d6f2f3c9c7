// Ends sessions: their refresh tokens and their access tokens are worth nothing from that moment on. Each ending is one
// audit event for each session.
#pragma once

#include <cardea/core/account/user.hpp>
#include <cardea/core/audit/audit_event.hpp>
#include <cardea/core/session/ended_sessions.hpp>
#include <cardea/core/session/session_policy.hpp>
#include <cardea/core/session/session_store.hpp>
#include <mutex>
#include <optional>
#include <vector>

namespace cardea {

// Thread-safe; calls may block. What it is given outlives it. Errors, beyond the named: those of the store.
class SessionAdministration {
 public:
  SessionAdministration(SessionStore& store, EndedSessions& ended, AuditSink& audit, SessionPolicy policy = {})
      : store_(store), ended_(ended), audit_(audit), policy_(policy) {}

  const SessionPolicy& policy() const noexcept { return policy_; }

  // Those of a user that live, the last used first.
  Result<std::vector<Session>> list(UserId user, Instant now);

  // Error: session_not_found, if it is not this user's or has ended already.
  Done end(const User& user, const SessionId& id, SessionEnd reason, const Origin& origin, Instant now);

  // All of a user's, or all but one: how many.
  Result<std::size_t> end_all(const User& user, const std::optional<SessionId>& but, SessionEnd reason,
                              const Origin& origin, Instant now);

  // Learns of what other processes have ended since the last time.
  Done follow(Instant now);

  // Forgets sessions that are of no use to anyone; at most `limit` in one go. How many.
  Result<std::size_t> prune(Instant now, std::size_t limit = 500);

 private:
  SessionStore& store_;
  EndedSessions& ended_;
  AuditSink& audit_;
  SessionPolicy policy_;

  std::mutex following_;
  std::uint64_t followed_ = 0;
};

}  // namespace cardea
