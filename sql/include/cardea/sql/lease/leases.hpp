// What one process at a time does of all that share a database: table `leases` of sql/migrations. Who holds a lease
// does it, and renews the lease each time; if they are gone, another takes over when it has ended.
//
// It saves work and keeps nobody out: clocks differ, and a holder may be slow. What is done under a lease is right,
// too, if two do it at once.
#pragma once

#include <cardea/core/base/clock.hpp>
#include <cardea/sql/database/database.hpp>
#include <string>
#include <utility>

namespace cardea::sql {

// Those of one process. Thread-safe.
class Leases {
 public:
  // `holder` names this process, and no other. The database's schema is up to date, and it outlives this.
  Leases(Database& database, std::string holder) : connections_(database.connections()), holder_(std::move(holder)) {}

  // Whether the lease `name` is ours until `end` from now on: it was before, or nobody's has not ended at `now`.
  // Error: store_unavailable.
  Result<bool> hold(const std::string& name, Instant now, Instant end);
  // Nobody has to wait for the end of any that was ours.
  Done release();

 private:
  ConnectionPool& connections_;
  const std::string holder_;
};

}  // namespace cardea::sql
