// Where the database is: `sqlite:cardea.db` (relative), `sqlite:/var/lib/cardea/cardea.db`, `sqlite::memory:`, or
// `postgresql://cardea:PASSWORD@db.example:5432/cardea?sslmode=verify-full`, as libpq reads it
// (https://www.postgresql.org/docs/15/libpq-connect.html): a Unix socket's folder as `?host=/run/postgresql`, several
// hosts between commas for a fail-over.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cardea/core/base/secret.hpp>
#include <cardea/sql/database/dialect.hpp>
#include <memory>
#include <string>
#include <string_view>

namespace cardea::sql {

class DatabaseUrl {
 public:
  // Error: configuration_invalid, "database: " with the problem and, behind a semicolon, what to write instead; never a
  // piece of the text, in which a password may stand at the wrong place.
  static Result<DatabaseUrl> parse(std::string_view text);

  // The text, which need not be one that can be parsed, with asterisks for what may be a password.
  static std::string masked(std::string_view text);

  Dialect dialect() const noexcept { return connection_ ? Dialect::postgresql : Dialect::sqlite; }
  // SQLite: a file's path, or ":memory:". PostgreSQL: empty.
  const std::string& path() const noexcept { return path_; }
  // Gone when the Database is closed; seen by that Database alone.
  bool in_memory() const noexcept { return path_ == ":memory:"; }
  // With the password masked.
  const std::string& text() const noexcept { return text_; }
  // PostgreSQL: what libpq connects by, without a blank in it.
  const Secret& connection() const noexcept { return *connection_; }

 private:
  DatabaseUrl() = default;
  static Result<DatabaseUrl> parse_sqlite(std::string_view text);
  static Result<DatabaseUrl> parse_postgresql(std::string_view text);

  std::string path_, text_;
  std::shared_ptr<const Secret> connection_;  // null: SQLite
};

}  // namespace cardea::sql
