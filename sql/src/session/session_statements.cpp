#include "session/session_statements.hpp"

#include <string_view>

#include "session/succession_text.hpp"

namespace cardea::sql {
namespace {

using soci::into;
using soci::use;

constexpr std::string_view kSelect =
    "SELECT id, user_id, created_at, last_used_at, address, user_agent, access_ends_at, handle_digest, secret_digest, "
    "generation, successions, ended_at, end_reason FROM sessions ";

long long microseconds_of(Instant instant) { return instant.time_since_epoch().count(); }
Instant instant_of(long long microseconds) { return Instant{std::chrono::microseconds{microseconds}}; }

std::unexpected<Error> corrupt(std::string_view id, std::string_view column) {
  return failure(ErrorCode::store_corrupt,
                 PrivateText{"session " + std::string(id) + ": unreadable " + std::string(column)});
}

// `filter` is what follows FROM.
template <class... Inputs>
soci::statement select(soci::session& session, SessionRow& row, std::string_view filter, Inputs&... inputs) {
  auto prepared = session.prepare << kSelect << filter;
  (static_cast<void>(prepared, use(inputs)), ...);
  return (prepared, into(row.id), into(row.user_id), into(row.created_at), into(row.last_used_at), into(row.address),
          into(row.user_agent), into(row.access_ends_at), into(row.handle_digest), into(row.secret_digest),
          into(row.generation), into(row.successions), into(row.ended_at, row.has_ended_at), into(row.end_reason));
}

}  // namespace

Result<Session> SessionRow::session() const {
  auto session_id = SessionId::parse(id);
  if (!session_id) return corrupt(id, "id");
  if (generation < 0 || generation > 0xFFFF'FFFFLL) return corrupt(id, "generation");
  auto parsed = parse_successions(successions);
  if (!parsed) return corrupt(id, "successions");
  Session session{.id = *std::move(session_id),
                  .user = UserId{user_id},
                  .created_at = instant_of(created_at),
                  .last_used_at = instant_of(last_used_at),
                  .client = {.address = address, .user_agent = user_agent},
                  .access_ends_at = instant_of(access_ends_at),
                  .refresh = {handle_digest, secret_digest, static_cast<std::uint32_t>(generation), *std::move(parsed)},
                  .ended_at = std::nullopt,
                  .end = std::nullopt};
  if (has_ended_at != soci::i_ok) return session;
  const auto reason = parse_session_end(end_reason);
  if (!reason) return corrupt(id, "end_reason");
  session.ended_at = instant_of(ended_at);
  session.end = *reason;
  return session;
}

SessionRow row_of(const Session& session) {
  SessionRow row;
  row.id = session.id.text();
  row.user_id = session.user.value;
  row.created_at = microseconds_of(session.created_at);
  row.last_used_at = microseconds_of(session.last_used_at);
  row.address = session.client.address;
  row.user_agent = session.client.user_agent;
  row.access_ends_at = microseconds_of(session.access_ends_at);
  row.handle_digest = session.refresh.handle_digest();
  row.secret_digest = session.refresh.secret_digest();
  row.generation = session.refresh.generation();
  row.successions = succession_text(session.refresh.successions());
  return row;
}

SessionStatements::SessionStatements(soci::session& session)
    : add((session.prepare << "INSERT INTO sessions (id, user_id, created_at, last_used_at, address, user_agent, "
                              "access_ends_at, handle_digest, secret_digest, generation, successions, end_reason, "
                              "end_number) VALUES (:id, :user_id, :created_at, :last_used_at, :address, :user_agent, "
                              ":access_ends_at, :handle_digest, :secret_digest, :generation, :successions, '', 0) "
                              "ON CONFLICT DO NOTHING RETURNING id",
           use(input.id), use(input.user_id), use(input.created_at), use(input.last_used_at), use(input.address),
           use(input.user_agent), use(input.access_ends_at), use(input.handle_digest), use(input.secret_digest),
           use(input.generation), use(input.successions), into(row.id))),
      find(select(session, row, "WHERE id = :id", input.id)),
      find_by_handle(select(session, row, "WHERE handle_digest = :handle_digest", input.handle_digest)),
      refresh((session.prepare
                   << "UPDATE sessions SET last_used_at = :at, address = :address, user_agent = :agent, "
                      "access_ends_at = :access_ends_at, secret_digest = :digest, "
                      "generation = generation + 1, successions = :successions "
                      "WHERE id = :id AND generation = CAST(:generation AS BIGINT) - 1 AND end_number = 0 RETURNING id",
               use(input.last_used_at), use(input.address), use(input.user_agent), use(input.access_ends_at),
               use(input.secret_digest), use(input.successions), use(input.id), use(input.generation), into(row.id))),
      list(select(session, row, "WHERE user_id = :user_id AND end_number = 0 ORDER BY last_used_at DESC",
                  input.user_id)),
      count_end((session.prepare << "UPDATE changes SET version = version + 1 WHERE topic = 'sessions' "
                                    "RETURNING version",
                 into(number))),
      last_end((session.prepare << "SELECT version FROM changes WHERE topic = 'sessions'", into(number))),
      end((session.prepare << "UPDATE sessions SET ended_at = :at, end_reason = :reason, end_number = :number "
                              "WHERE id = :id AND user_id = :user_id AND end_number = 0 "
                              "RETURNING id, user_id, access_ends_at",
           use(input.ended_at), use(input.end_reason), use(end_number), use(input.id), use(input.user_id), into(row.id),
           into(row.user_id), into(row.access_ends_at))),
      end_all((session.prepare << "UPDATE sessions SET ended_at = :at, end_reason = :reason, end_number = :number "
                                  "WHERE user_id = :user_id AND id <> :but AND end_number = 0 "
                                  "RETURNING id, user_id, access_ends_at",
               use(input.ended_at), use(input.end_reason), use(end_number), use(input.user_id), use(but), into(row.id),
               into(row.user_id), into(row.access_ends_at))),
      ends_after((session.prepare << "SELECT id, user_id, access_ends_at FROM sessions "
                                     "WHERE end_number > :number AND access_ends_at > :now ORDER BY end_number",
                  use(end_number), use(now), into(row.id), into(row.user_id), into(row.access_ends_at))),
      prune((session.prepare << "DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE access_ends_at < :now "
                                "AND (end_number > 0 OR last_used_at < :used_before OR created_at < :made_before) "
                                "LIMIT :limit) RETURNING id",
             use(now), use(used_before), use(made_before), use(limit), into(row.id))) {}

}  // namespace cardea::sql
