// An open database: a fixed number of connections that stores lease for the time of one read, and one that writes.
// Thread-safe.
//
// SQLite runs with write-ahead log and synchronous=FULL: what a store has answered survives a power cut. Changes that
// come at once from many threads share a commit.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cardea/sql/database/change_versions.hpp>
#include <cardea/sql/database/database_url.hpp>
#include <chrono>
#include <cstddef>
#include <memory>

namespace cardea::sql {

class ConnectionPool;

struct DatabaseOptions {
  // As many as threads that read at once; one more thread waits for its turn. In memory it is always one, which writes
  // too.
  std::size_t connections = 4;
  // How long a write waits for another process's before store_unavailable.
  std::chrono::milliseconds lock_patience{5000};
};

class Database {
 public:
  // Makes a missing file, with mode 0600 whatever the umask; the mode of one that exists stays as its owner set it.
  // Changes no schema: see Migrator. Errors: file_unusable, store_unavailable, store_corrupt (no SQLite database).
  static Result<Database> open(const DatabaseUrl& url, const DatabaseOptions& options = {});

  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  // What has changed, by a commit of this process or another; cheap enough to ask many times a second, most of all
  // while nothing has. Errors: store_unavailable, also for a schema that is not up to date; store_corrupt.
  Result<ChangeVersions> changes();

  // For the stores of this layer.
  ConnectionPool& connections() noexcept { return *connections_; }

 private:
  explicit Database(std::unique_ptr<ConnectionPool> connections);
  std::unique_ptr<ConnectionPool> connections_;
};

}  // namespace cardea::sql
