// Where sessions are kept, a row each. Every implementation passes core/tests/session/session_store_contract.hpp.
//
// Calls may block (SQL), are thread-safe, and throw nothing: a store that does not answer is store_unavailable.
// A change is durable when its call has returned a value.
#pragma once

#include <cardea/core/session/session.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cardea {

// What a refresh changes in a row.
struct SessionRefresh {
  RefreshFamily family;
  Instant at{};
  ClientTrace client;
  Instant access_ends_at{};
};

struct EndedSession {
  SessionId id;
  UserId user;
  Instant access_ends_at{};
  friend bool operator==(const EndedSession&, const EndedSession&) = default;
};

struct SessionEnding {
  SessionEnd reason{};
  Instant at{};
};

// Ends in the order in which they were stored, for those who follow them.
struct SessionEnds {
  std::vector<EndedSession> sessions;
  std::uint64_t last = 0;  // pass as `after` for what has been stored since
};

class SessionStore {
 public:
  virtual ~SessionStore() = default;

  // Error: conflict, for an id or a family that is there.
  virtual Done add(const Session& session) = 0;

  // Ended ones are found, too. Empty: there is none.
  virtual Result<std::optional<Session>> find(const SessionId& id) = 0;
  virtual Result<std::optional<Session>> find_by_handle(const std::string& handle_digest) = 0;

  // By one atomic statement, and only while the session has not ended and its family still is at the generation before
  // the new one's; false if not.
  virtual Result<bool> refresh(const SessionId& id, const SessionRefresh& change) = 0;

  // Those of a user that have not ended, the last used first. Whether they are too old is the policy's to say.
  virtual Result<std::vector<Session>> list(UserId user) = 0;

  // Ends one, and answers with it; empty if there is none of this user's or it has ended already.
  virtual Result<std::optional<EndedSession>> end(const SessionId& id, UserId user, const SessionEnding& ending) = 0;
  // Ends all of a user's, but for one if it is given, and answers with those that had not ended yet.
  virtual Result<std::vector<EndedSession>> end_all(UserId user, const std::optional<SessionId>& but,
                                                    const SessionEnding& ending) = 0;

  // What has ended since, as far as an access token of it may still be valid at `now`.
  virtual Result<SessionEnds> ends_after(std::uint64_t after, Instant now) = 0;

  // Forgets sessions that are of no use to anyone: those that ended, or were last used or made before these times, if
  // their last access token has expired before `now`. At most `limit`; how many.
  struct Outdated {
    Instant used_before{};
    Instant made_before{};
    Instant now{};
  };
  virtual Result<std::size_t> prune(const Outdated& outdated, std::size_t limit) = 0;
};

}  // namespace cardea
