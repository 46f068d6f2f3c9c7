// Something that one process at a time does of all that share a database: table `leases` of sql/migrations. Who holds
// the lease does it, and renews the lease each time; if they are gone, another takes over when it has ended.
//
// It saves work and keeps nobody out: clocks differ, and a holder may be slow. What is done under a lease is right,
// too, if two do it at once.
#pragma once

#include <cardea/core/base/clock.hpp>
#include <cardea/sql/database/database.hpp>
#include <string>

namespace cardea::sql {

class Lease {
 public:
  // `holder` names this process, and no other. The database's schema is up to date, and it outlives the lease.
  Lease(Database& database, std::string name, std::string holder)
      : connections_(database.connections()), name_(std::move(name)), holder_(std::move(holder)) {}

  // Whether it is ours until `end` from now on: it was before, or nobody's lease has not ended at `now`. Error:
  // store_unavailable.
  Result<bool> hold(Instant now, Instant end);
  // Nobody has to wait for its end, if it was ours.
  Done release();

 private:
  ConnectionPool& connections_;
  const std::string name_, holder_;
};

}  // namespace cardea::sql
