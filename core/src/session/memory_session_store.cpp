#include <algorithm>
#include <cardea/core/session/memory_session_store.hpp>

namespace cardea {
namespace {

EndedSession ended(const Session& session) { return {session.id, session.user, session.access_ends_at}; }

}  // namespace

template <class Matches>
std::optional<Session> MemorySessionStore::found(Matches matches) {
  const std::lock_guard lock{mutex_};
  const auto row = std::ranges::find_if(rows_, matches, &Row::session);
  return row == rows_.end() ? std::optional<Session>{} : row->session;
}

Done MemorySessionStore::add(const Session& session) {
  const std::lock_guard lock{mutex_};
  const auto is_taken = [&](const Row& row) {
    return row.session.id == session.id || row.session.refresh.handle_digest() == session.refresh.handle_digest();
  };
  if (std::ranges::any_of(rows_, is_taken)) return failure(ErrorCode::conflict);
  rows_.push_back({session, 0});
  return {};
}

Result<std::optional<Session>> MemorySessionStore::find(const SessionId& id) {
  return found([&](const Session& session) { return session.id == id; });
}

Result<std::optional<Session>> MemorySessionStore::find_by_handle(const std::string& handle_digest) {
  return found([&](const Session& session) { return session.refresh.handle_digest() == handle_digest; });
}

Result<bool> MemorySessionStore::refresh(const SessionId& id, const SessionRefresh& change) {
  const std::lock_guard lock{mutex_};
  for (auto& [session, end_number] : rows_) {
    if (session.id != id) continue;
    if (session.ended_at || session.refresh.generation() + 1 != change.family.generation()) return false;
    session.refresh = change.family;
    session.last_used_at = change.at;
    session.client = change.client;
    session.access_ends_at = change.access_ends_at;
    return true;
  }
  return false;
}

Result<std::vector<Session>> MemorySessionStore::list(UserId user) {
  const std::lock_guard lock{mutex_};
  std::vector<Session> sessions;
  for (const auto& [session, end_number] : rows_) {
    if (session.user == user && !session.ended_at) sessions.push_back(session);
  }
  std::ranges::stable_sort(sessions, std::ranges::greater{}, &Session::last_used_at);
  return sessions;
}

EndedSession MemorySessionStore::end_row(Row& row, const SessionEnding& ending) {
  row.session.ended_at = ending.at;
  row.session.end = ending.reason;
  row.end_number = ++last_end_;
  return ended(row.session);
}

Result<std::optional<EndedSession>> MemorySessionStore::end(const SessionId& id, UserId user,
                                                            const SessionEnding& ending) {
  const std::lock_guard lock{mutex_};
  for (auto& row : rows_) {
    if (row.session.id == id && row.session.user == user && !row.session.ended_at) return end_row(row, ending);
  }
  return std::nullopt;
}

Result<std::vector<EndedSession>> MemorySessionStore::end_all(UserId user, const std::optional<SessionId>& but,
                                                              const SessionEnding& ending) {
  const std::lock_guard lock{mutex_};
  std::vector<EndedSession> sessions;
  for (auto& row : rows_) {
    if (row.session.user != user || row.session.ended_at || row.session.id == but) continue;
    sessions.push_back(end_row(row, ending));
  }
  return sessions;
}

Result<SessionEnds> MemorySessionStore::ends_after(std::uint64_t after, Instant now) {
  const std::lock_guard lock{mutex_};
  SessionEnds ends{.sessions = {}, .last = last_end_};
  std::vector<const Row*> rows;
  for (const auto& row : rows_) {
    if (row.end_number > after && row.session.access_ends_at > now) rows.push_back(&row);
  }
  std::ranges::sort(rows, {}, &Row::end_number);
  for (const auto* row : rows) ends.sessions.push_back(ended(row->session));
  return ends;
}

Result<std::size_t> MemorySessionStore::prune(const Outdated& outdated, std::size_t limit) {
  const std::lock_guard lock{mutex_};
  std::size_t pruned = 0;
  std::erase_if(rows_, [&](const Row& row) {
    const auto& session = row.session;
    const bool is_outdated =
        session.access_ends_at < outdated.now &&
        (session.ended_at || session.last_used_at < outdated.used_before || session.created_at < outdated.made_before);
    const bool goes = is_outdated && pruned < limit;
    if (goes) ++pruned;
    return goes;
  });
  return pruned;
}

}  // namespace cardea
