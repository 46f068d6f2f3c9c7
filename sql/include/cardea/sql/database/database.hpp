// An open database: connections that stores lease for the time of one read or write. Thread-safe.
//
// SQLite runs with write-ahead log and synchronous=FULL: what a store has answered survives a power cut. Changes that
// come at once from many threads share a commit, of the one connection that writes.
//
// PostgreSQL has many writers: each change is a transaction of its own, begun again where the server says that it met
// another one. Connections are opened when they are needed. One that is lost is thrown away, and a read, or a write
// that had not come to its commit, goes on once on another one; as long as none can be opened, calls fail at once with
// store_unavailable, and the next one that comes after a pause of 2 s at most tries again. A write that lost its
// connection in its commit is store_unavailable, and may have happened.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cardea/sql/database/change_versions.hpp>
#include <cardea/sql/database/database_state.hpp>
#include <cardea/sql/database/database_url.hpp>
#include <chrono>
#include <cstddef>
#include <memory>

namespace cardea::sql {

class ChangeListener;
class ConnectionPool;

struct DatabaseOptions {
  // SQLite: as many as threads that read at once; in memory it is always one, which writes too. PostgreSQL: as many as
  // threads that read or write at once. One more thread waits for its turn.
  std::size_t connections = 4;
  // How long a write waits for another process's before store_unavailable.
  std::chrono::milliseconds lock_patience{5000};
  // PostgreSQL: how long it may take over one statement, and an answer be waited for, before store_unavailable.
  std::chrono::milliseconds answer_patience{8000};
  // Nothing is made or changed, not even a file beside SQLite's. Whatever would write fails.
  bool read_only = false;
};

class Database {
 public:
  // SQLite: makes a missing file, with mode 0600 whatever the umask; the mode of one that exists stays as its owner set
  // it. PostgreSQL: connects once. Changes no schema: see Migrator. Errors: file_unusable, store_unavailable,
  // store_corrupt (no SQLite database).
  static Result<Database> open(const DatabaseUrl& url, const DatabaseOptions& options = {});

  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  Dialect dialect() const noexcept;

  // What has changed, by a commit of this process or another; cheap enough to ask many times a second, most of all
  // while nothing has. On PostgreSQL by a connection of its own, whose answer is waited for no longer than
  // kChangesPatience. Errors: store_unavailable, also for a schema that is not up to date; store_corrupt.
  static constexpr std::chrono::milliseconds kChangesPatience{400};
  Result<ChangeVersions> changes();

  // For metrics: without asking the database.
  DatabaseState state() const;
  // How long threads waited for a connection; nothing for those that did not.
  HistogramReading connection_waits() const;

  // What hears of changes in this database, for whoever follows them.
  std::unique_ptr<ChangeListener> listener() const;

  // For the stores of this layer.
  ConnectionPool& connections() noexcept { return *connections_; }

 private:
  Database(DatabaseUrl url, std::unique_ptr<ConnectionPool> connections, std::unique_ptr<ConnectionPool> of_changes);
  DatabaseUrl url_;
  std::unique_ptr<ConnectionPool> connections_;
  std::unique_ptr<ConnectionPool> of_changes_;  // null: SQLite
};

}  // namespace cardea::sql
