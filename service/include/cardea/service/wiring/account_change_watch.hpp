// Makes what other processes change in the database (the command line, above all) show in a running server.
#pragma once

#include <cardea/core/account/cached_user_store.hpp>
#include <cardea/sql/database/database.hpp>
#include <chrono>
#include <thread>

namespace cardea::service {

// Asks for the database's data version every `interval`, on a thread of its own, and empties the cache when it has
// changed or cannot be read. What it is given outlives it.
class AccountChangeWatch {
 public:
  static constexpr std::chrono::milliseconds kInterval{50};

  AccountChangeWatch(sql::Database& database, CachedUserStore& cache, std::chrono::milliseconds interval = kInterval);

 private:
  std::jthread thread_;
};

}  // namespace cardea::service
