// A session store that forgets: for tests and for trying things out.
#pragma once

#include <cardea/core/session/session_store.hpp>
#include <mutex>
#include <vector>

namespace cardea {

class MemorySessionStore final : public SessionStore {
 public:
  Done add(const Session& session) override;
  Result<std::optional<Session>> find(const SessionId& id) override;
  Result<std::optional<Session>> find_by_handle(const std::string& handle_digest) override;
  Result<bool> refresh(const SessionId& id, const SessionRefresh& change) override;
  Result<std::vector<Session>> list(UserId user) override;
  Result<std::optional<EndedSession>> end(const SessionId& id, UserId user, const SessionEnding& ending) override;
  Result<std::vector<EndedSession>> end_all(UserId user, const std::optional<SessionId>& but,
                                            const SessionEnding& ending) override;
  Result<SessionEnds> ends_after(std::uint64_t after, Instant now) override;
  Result<std::size_t> prune(const Outdated& outdated, std::size_t limit) override;

 private:
  struct Row {
    Session session;
    std::uint64_t end_number = 0;
  };
  template <class Matches>
  std::optional<Session> found(Matches matches);
  EndedSession end_row(Row& row, const SessionEnding& ending);

  std::mutex mutex_;
  std::vector<Row> rows_;
  std::uint64_t last_end_ = 0;
};

}  // namespace cardea
