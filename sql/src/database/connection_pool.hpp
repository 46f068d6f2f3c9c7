// The connections of one database: those that read are leased for the time of one call, one writes for all.
#pragma once

#include <cardea/core/base/result.hpp>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "database/change_watcher.hpp"
#include "database/connection.hpp"
#include "database/failure_of.hpp"
#include "database/group_commit.hpp"

namespace cardea::sql {

class ConnectionPool {
 public:
  struct Connections {
    std::vector<std::unique_ptr<Connection>> leased;
    std::unique_ptr<Connection> writer;   // null: a leased one writes
    std::unique_ptr<Connection> watcher;  // for `changes` alone; null: a leased one reads them
  };

  // `lock_patience` is how long a write waits for another process's.
  ConnectionPool(Connections connections, std::chrono::milliseconds lock_patience);

  // Runs `work(Connection&)`, which returns a Result, on a connection of its own; waits until one is free. What it
  // throws becomes an Error. For reading; what is written here waits for its own commit.
  template <class Work>
  std::invoke_result_t<Work, Connection&> with_connection(Work&& work) {
    const Lease lease{*this};
    return guarded(lease.connection(), std::forward<Work>(work));
  }

  // Runs `work(Connection&)`, which returns a Result, once, in a transaction that it may share with other calls, and
  // returns when that is committed: every connection sees it then, and it survives a power cut. An error that `work`
  // returns or throws undoes its own changes alone. Further errors: GroupCommit::run. `work` runs on any caller's
  // thread and calls no store.
  template <class Work>
  std::invoke_result_t<Work, Connection&> write(Work&& work) {
    std::optional<std::invoke_result_t<Work, Connection&>> answer;
    auto committed = commits_.run([&](Connection& connection) {
      answer.emplace(std::invoke(work, connection));
      return answer->has_value();
    });
    if (!committed) return failure(std::move(committed).error());
    return *std::move(answer);
  }

  // How many calls of `write` have not begun to.
  std::size_t waiting_writes() const { return commits_.waiting(); }

  // Reads the table only if there has been a commit since the last call.
  Result<ChangeVersions> changes();

 private:
  class Lease {
   public:
    explicit Lease(ConnectionPool& pool) : pool_(pool), connection_(pool.take()) {}
    ~Lease() { pool_.give_back(std::move(connection_)); }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    Connection& connection() const noexcept { return *connection_; }

   private:
    ConnectionPool& pool_;
    std::unique_ptr<Connection> connection_;
  };

  template <class Work>
  static std::invoke_result_t<Work, Connection&> guarded(Connection& connection, Work&& work) {
    try {
      return std::invoke(std::forward<Work>(work), connection);
    } catch (const std::exception& exception) {
      connection.forget_prepared();
      return failure(failure_of(exception));
    }
  }

  void with_writer(const std::function<void(Connection&)>& use);
  std::unique_ptr<Connection> take();
  void give_back(std::unique_ptr<Connection> connection);

  std::mutex mutex_;
  std::condition_variable given_back_;
  std::vector<std::unique_ptr<Connection>> free_;  // the last one used is the first one taken: its cache is warm

  std::unique_ptr<Connection> writer_;
  GroupCommit commits_;

  std::mutex watcher_mutex_;
  std::unique_ptr<Connection> watcher_;
  ChangeWatcher changes_;
};

}  // namespace cardea::sql
