#include "diagnosis/check_database.hpp"

#include <algorithm>

#include "diagnosis/findings.hpp"

namespace cardea::service {
namespace {

using sql::MigrationStatus;
using sql::PostgresqlHealth;

Finding check_version(const PostgresqlHealth& health) {
  if (!health.is_standby) return ok("database", "PostgreSQL " + health.version);
  return problem("database", "PostgreSQL " + health.version + " is a standby, which takes no changes",
                 "name the primary, or all of them with target_session_attrs=read-write");
}

Finding check_transport(const PostgresqlHealth& health) {
  if (health.is_encrypted) return ok("database TLS", "the connection is encrypted");
  if (health.is_local) return ok("database TLS", "not needed: the server is on this machine");
  return warning("database TLS", "the connection is not encrypted: password hashes cross the network in the clear",
                 "add sslmode=verify-full and sslrootcert=FILE to the URL");
}

Finding check_durability(const PostgresqlHealth& health) {
  if (health.fsync == false) {
    return warning("durability", "fsync is off: a power cut may destroy the database", "turn it on in postgresql.conf");
  }
  if (health.synchronous_commit == false) {
    return warning("durability", "synchronous_commit is off: a crash may undo what was answered, a revocation, too",
                   "turn it on, at least for this user: ALTER ROLE ... SET synchronous_commit = on");
  }
  return ok("durability", "what was answered survives a crash");
}

Finding check_notices(const PostgresqlHealth& health) {
  if (health.tells_changes) return ok("notices", "nodes are told of each other's changes");
  return warning("notices", "nodes are not told of each other's changes, and ask for them often instead",
                 "nothing to do on CockroachDB; on PostgreSQL, enable the trigger changes_told of the table changes");
}

}  // namespace

Finding check_schema(const Result<std::vector<MigrationStatus>>& status, std::int64_t latest) {
  if (!status) return problem("schema", status.error());
  const auto newest = status->empty() ? 0 : status->back().version;
  if (newest > latest) {
    return problem(
        "schema", "version " + std::to_string(newest) + ", and this program knows none after " + std::to_string(latest),
        "run the version of cardea that migrated it, or a later one");
  }
  const auto missing = std::ranges::count_if(*status, [](const auto& one) { return !one.applied_at; });
  if (missing == 0) return ok("schema", "version " + std::to_string(newest) + ", up to date");
  return warning("schema", std::to_string(missing) + " migrations are missing",
                 "run `cardea db migrate`, or start the server, which does so; back up before");
}

Finding check_sqlite(const Result<std::string>& quick_check, bool keeps_write_ahead_log) {
  if (!quick_check) return problem("database", quick_check.error());
  if (*quick_check != "ok") {
    return problem("database", "the file is damaged: " + *quick_check, "put a backup in its place");
  }
  if (keeps_write_ahead_log) return ok("database", "SQLite, whole, with write-ahead log");
  return warning("database", "SQLite, whole, without write-ahead log", "start the server, which turns it on");
}

Findings check_postgresql(const Result<PostgresqlHealth>& health) {
  if (!health) return {problem("database", health.error())};
  return {check_version(*health), check_transport(*health), check_durability(*health), check_notices(*health)};
}

}  // namespace cardea::service
