#include <cardea/sql/session/sql_session_store.hpp>

#include "database/connection_pool.hpp"
#include "session/session_statements.hpp"
#include "session/succession_text.hpp"

namespace cardea::sql {
namespace {

long long microseconds_of(Instant instant) { return instant.time_since_epoch().count(); }

Result<std::optional<Session>> fetch_session(SessionStatements& sessions, soci::statement& statement) {
  if (!fetch_one(statement)) return std::optional<Session>{};
  return sessions.row.session();
}

// Runs a statement to its end and keeps `read(row)` of each row.
template <class Read>
auto fetch_all(SessionStatements& sessions, soci::statement& statement, Read read) {
  std::vector<std::invoke_result_t<Read, const SessionRow&>> rows;
  statement.execute();
  while (statement.fetch()) rows.push_back(read(sessions.row));
  return rows;
}

// Its id is checked where all rows are read.
struct EndedRow {
  std::string id;
  long long user_id = 0, access_ends_at = 0;
  static EndedRow of(const SessionRow& row) { return {row.id, row.user_id, row.access_ends_at}; }

  Result<EndedSession> session() const {
    auto session_id = SessionId::parse(id);
    if (!session_id) return failure(ErrorCode::store_corrupt, PrivateText{"session " + id + ": unreadable id"});
    return EndedSession{*std::move(session_id), UserId{user_id}, Instant{std::chrono::microseconds{access_ends_at}}};
  }
};

// Error: that of the first row that cannot be read.
template <class Row>
auto sessions_of(const std::vector<Row>& rows)
    -> Result<std::vector<typename decltype(std::declval<Row>().session())::value_type>> {
  std::vector<typename decltype(std::declval<Row>().session())::value_type> sessions;
  for (const auto& row : rows) {
    auto session = row.session();
    if (!session) return failure(std::move(session).error());
    sessions.push_back(*std::move(session));
  }
  return sessions;
}

void set_ending(SessionStatements& sessions, const SessionEnding& ending) {
  fetch_one(sessions.count_end);
  sessions.end_number = sessions.number;
  sessions.input.ended_at = microseconds_of(ending.at);
  sessions.input.end_reason = name_of(ending.reason);
}

}  // namespace

Done SqlSessionStore::add(const Session& session) {
  return connections_.write([&](Connection& connection) -> Done {
    auto& sessions = connection.prepared<SessionStatements>();
    sessions.input = row_of(session);
    if (!fetch_one(sessions.add)) return failure(ErrorCode::conflict);
    return {};
  });
}

Result<std::optional<Session>> SqlSessionStore::find(const SessionId& id) {
  return connections_.with_connection([&](Connection& connection) {
    auto& sessions = connection.prepared<SessionStatements>();
    sessions.input.id = id.text();
    return fetch_session(sessions, sessions.find);
  });
}

Result<std::optional<Session>> SqlSessionStore::find_by_handle(const std::string& handle_digest) {
  return connections_.with_connection([&](Connection& connection) {
    auto& sessions = connection.prepared<SessionStatements>();
    sessions.input.handle_digest = handle_digest;
    return fetch_session(sessions, sessions.find_by_handle);
  });
}

Result<bool> SqlSessionStore::refresh(const SessionId& id, const SessionRefresh& change) {
  return connections_.write([&](Connection& connection) -> Result<bool> {
    auto& sessions = connection.prepared<SessionStatements>();
    auto& input = sessions.input;
    input.id = id.text();
    input.last_used_at = microseconds_of(change.at);
    input.address = change.client.address;
    input.user_agent = change.client.user_agent;
    input.access_ends_at = microseconds_of(change.access_ends_at);
    input.secret_digest = change.family.secret_digest();
    input.generation = change.family.generation();
    input.successions = succession_text(change.family.successions());
    return fetch_one(sessions.refresh);
  });
}

Result<std::vector<Session>> SqlSessionStore::list(UserId user) {
  const auto rows = connections_.with_connection([&](Connection& connection) -> Result<std::vector<SessionRow>> {
    auto& sessions = connection.prepared<SessionStatements>();
    sessions.input.user_id = user.value;
    return fetch_all(sessions, sessions.list, [](const SessionRow& row) { return row; });
  });
  if (!rows) return failure(rows.error());
  return sessions_of(*rows);
}

Result<std::optional<EndedSession>> SqlSessionStore::end(const SessionId& id, UserId user,
                                                         const SessionEnding& ending) {
  return connections_.write([&](Connection& connection) -> Result<std::optional<EndedSession>> {
    auto& sessions = connection.prepared<SessionStatements>();
    set_ending(sessions, ending);
    sessions.input.id = id.text();
    sessions.input.user_id = user.value;
    if (!fetch_one(sessions.end)) return std::nullopt;
    return EndedRow::of(sessions.row).session();
  });
}

Result<std::vector<EndedSession>> SqlSessionStore::end_all(UserId user, const std::optional<SessionId>& but,
                                                           const SessionEnding& ending) {
  return connections_.write([&](Connection& connection) {
    auto& sessions = connection.prepared<SessionStatements>();
    set_ending(sessions, ending);
    sessions.input.user_id = user.value;
    sessions.but = but ? but->text() : std::string{};
    return sessions_of(fetch_all(sessions, sessions.end_all, EndedRow::of));
  });
}

Result<SessionEnds> SqlSessionStore::ends_after(std::uint64_t after, Instant now) {
  return connections_.with_connection([&](Connection& connection) -> Result<SessionEnds> {
    auto& sessions = connection.prepared<SessionStatements>();
    // Before the rows: what ends in between is told once more the next time, instead of never.
    fetch_one(sessions.last_end);
    const auto last = static_cast<std::uint64_t>(sessions.number);
    sessions.end_number = static_cast<long long>(after);
    sessions.now = microseconds_of(now);
    auto ended = sessions_of(fetch_all(sessions, sessions.ends_after, EndedRow::of));
    if (!ended) return failure(std::move(ended).error());
    return SessionEnds{.sessions = *std::move(ended), .last = last};
  });
}

Result<std::size_t> SqlSessionStore::prune(const Outdated& outdated, std::size_t limit) {
  return connections_.write([&](Connection& connection) -> Result<std::size_t> {
    auto& sessions = connection.prepared<SessionStatements>();
    sessions.now = microseconds_of(outdated.now);
    sessions.used_before = microseconds_of(outdated.used_before);
    sessions.made_before = microseconds_of(outdated.made_before);
    sessions.limit = static_cast<long long>(limit);
    return fetch_all(sessions, sessions.prune, [](const SessionRow& row) { return row.id; }).size();
  });
}

}  // namespace cardea::sql
