// The session store over SQL: table `sessions` of sql/migrations/0004_sessions.sql.
#pragma once

#include <cardea/core/session/session_store.hpp>
#include <cardea/sql/database/database.hpp>

namespace cardea::sql {

class SqlSessionStore final : public SessionStore {
 public:
  // The database's schema is up to date (Migrator), and it outlives the store.
  explicit SqlSessionStore(Database& database) : connections_(database.connections()) {}

  // Errors, beyond SessionStore's: store_corrupt for a row that this program did not write; conflict for a session of a
  // user who is not there.
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
  ConnectionPool& connections_;
};

}  // namespace cardea::sql
