// The connections of one database, and how work is done on them: database.hpp.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cardea/core/metrics/error_counts.hpp>
#include <cardea/sql/database/database.hpp>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "database/change_watcher.hpp"
#include "database/connection.hpp"
#include "database/connection_set.hpp"
#include "database/connection_watchdog.hpp"
#include "database/failure_of.hpp"
#include "database/group_commit.hpp"

namespace cardea::sql {

class ConnectionPool {
 public:
  enum class Start : unsigned char { connected, lazily };

  // Connects, unless told to do so when a connection is needed. Throws what SOCI throws.
  ConnectionPool(const DatabaseUrl& url, const DatabaseOptions& options, Start start = Start::connected);

  Dialect dialect() const noexcept { return url_.dialect(); }

  // Runs `work(Connection&)`, which returns a Result, on a connection of its own; waits until one is free. What it
  // throws becomes an Error. For reading; what is written here waits for its own commit. On PostgreSQL it may run once
  // more, where the first connection was lost.
  template <class Work>
  std::invoke_result_t<Work, Connection&> with_connection(Work&& work) {
    std::optional<std::invoke_result_t<Work, Connection&>> answer;
    auto done = read([&](Connection& connection) { answer.emplace(std::invoke(work, connection)); });
    if (!done) return failure(std::move(done).error());
    return *std::move(answer);
  }

  // Runs `work(Connection&)`, which returns a Result, in a transaction, and returns when that is committed: every
  // connection sees it then, and it survives a power cut. An error that `work` returns or throws undoes its changes.
  // `work` calls no store. On SQLite it runs once, on any caller's thread, in a transaction that it may share with
  // other calls; further errors: GroupCommit::run. On PostgreSQL it may run several times, and the last one counts.
  template <class Work>
  std::invoke_result_t<Work, Connection&> write(Work&& work) {
    std::optional<std::invoke_result_t<Work, Connection&>> answer;
    auto committed = commit([&](Connection& connection) {
      answer.emplace(std::invoke(work, connection));
      return answer->has_value();
    });
    if (!committed) return failure(std::move(committed).error());
    return *std::move(answer);
  }

  // Runs `work(Connection&)`, which returns a Result, once; on PostgreSQL on a new connection, without a limit to the
  // time that a statement takes. What it throws becomes an Error.
  template <class Work>
  std::invoke_result_t<Work, Connection&> with_patient_connection(Work&& work) {
    if (dialect() == Dialect::sqlite) return with_connection(std::forward<Work>(work));
    try {
      const auto connection = open_patient();
      return std::invoke(work, *connection);
    } catch (const std::exception& exception) {
      return failure(failure_of(exception, url_));
    }
  }

  DatabaseState state() const;
  HistogramReading waits() const { return leased_.waits(); }

  // SQLite: how many calls of `write` have not begun to.
  std::size_t waiting_writes() const { return commits_.waiting(); }

  // SQLite: reads the table only if there has been a commit since the last call.
  Result<ChangeVersions> changes();

 private:
  class Lease;
  using Use = std::function<void(Connection&)>;
  // Sets `reached_commit` before its changes may be there.
  using Attempt = std::function<void(Connection&, bool& reached_commit)>;

  std::unique_ptr<Connection> open() const { return std::make_unique<Connection>(url_, options_); }
  std::unique_ptr<Connection> open_patient() const;
  Done counted(Done done);
  Done read(const Use& use);
  Done commit(const GroupCommit::Work& work);
  Done attempt(const Attempt& once);
  Done attempt_once(const Attempt& once, int number, bool& goes_on);
  Result<Lease> lease();
  void with_writer(const Use& use);

  const DatabaseUrl url_;
  const DatabaseOptions options_;
  ErrorCounts failures_;
  std::unique_ptr<ConnectionWatchdog> watchdog_;  // null: SQLite
  ConnectionSet leased_;

  std::unique_ptr<Connection> writer_;  // null: a leased one writes
  GroupCommit commits_;

  std::mutex watcher_mutex_;
  std::unique_ptr<Connection> watcher_;  // for `changes` alone; null: a leased one reads them
  ChangeWatcher changes_;
};

}  // namespace cardea::sql
