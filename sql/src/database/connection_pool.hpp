// The connections of one database, leased for the time of one call.
#pragma once

#include <cardea/core/base/result.hpp>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "database/connection.hpp"
#include "database/failure_of.hpp"

namespace cardea::sql {

class ConnectionPool {
 public:
  // `watcher` serves data_version alone and leases to nobody; null: nobody else can change the database.
  ConnectionPool(std::vector<std::unique_ptr<Connection>> connections, std::unique_ptr<Connection> watcher);

  // Runs `work(Connection&)`, which returns a Result, on a connection of its own; waits until one is free. What it
  // throws becomes an Error.
  template <class Work>
  std::invoke_result_t<Work, Connection&> with_connection(Work&& work) {
    const Lease lease{*this};
    return guarded(lease.connection(), std::forward<Work>(work));
  }

  Result<std::uint64_t> data_version();

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

  std::unique_ptr<Connection> take();
  void give_back(std::unique_ptr<Connection> connection);

  std::mutex mutex_;
  std::condition_variable given_back_;
  std::vector<std::unique_ptr<Connection>> free_;  // the last one used is the first one taken: its cache is warm

  std::mutex watcher_mutex_;
  std::unique_ptr<Connection> watcher_;
};

}  // namespace cardea::sql
