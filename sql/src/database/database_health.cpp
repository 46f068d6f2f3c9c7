#include <array>
#include <cardea/sql/database/database_health.hpp>
#include <fstream>

#include "database/connection_pool.hpp"
#include "database/postgresql_session.hpp"

namespace cardea::sql {
namespace {

std::string text_of(soci::session& session, const std::string& statement) {
  std::string text;
  soci::indicator indicator = soci::i_null;
  session << statement, soci::into(text, indicator);
  return indicator == soci::i_ok ? text : std::string{};
}

// The second argument: no error for a name that the server does not know.
std::optional<bool> setting(soci::session& session, const std::string& name) {
  const auto text = text_of(session, "SELECT current_setting('" + name + "', true)");
  return text.empty() ? std::nullopt : std::optional{text != "off"};
}

bool holds(soci::session& session, const std::string& condition) {
  return text_of(session, "SELECT CASE WHEN " + condition + " THEN 'yes' ELSE 'no' END") == "yes";
}

}  // namespace

Result<std::string> sqlite_quick_check(Database& database) {
  return database.connections().with_connection([](Connection& connection) -> Result<std::string> {
    return text_of(connection.session(), "PRAGMA quick_check(1)");
  });
}

// Bytes 18 and 19: the version of the format that writing and reading need, 2 for the log
// (https://www.sqlite.org/fileformat.html section 1.3.3).
bool keeps_write_ahead_log(const std::filesystem::path& file) {
  constexpr char kWithLog = 2;
  std::array<char, 20> header{};
  std::ifstream stream{file, std::ios::binary};
  return stream.read(header.data(), header.size()) && header[18] == kWithLog && header[19] == kWithLog;
}

Result<PostgresqlHealth> postgresql_health(Database& database) {
  return database.connections().with_connection([](Connection& connection) -> Result<PostgresqlHealth> {
    auto& session = connection.session();
    const auto facts = facts_of_postgresql(session);
    return PostgresqlHealth{
        .version = facts.version,
        .is_encrypted = facts.is_encrypted,
        .is_local = facts.is_local,
        .fsync = setting(session, "fsync"),
        .synchronous_commit = setting(session, "synchronous_commit"),
        .is_standby = holds(session, "pg_is_in_recovery()"),
        .tells_changes = holds(session,
                               "EXISTS (SELECT 1 FROM pg_trigger WHERE tgname = 'changes_told' AND tgenabled <> 'D' "
                               "AND tgrelid = CAST('changes' AS regclass))"),
    };
  });
}

}  // namespace cardea::sql
