// The leases of this node, among all that share a database.
#pragma once

#include <cardea/core/base/freshness.hpp>
#include <cardea/sql/lease/leases.hpp>
#include <chrono>
#include <string>

namespace cardea::service {

// Thread-safe. Both outlive this.
class NodeLeases {
 public:
  NodeLeases(sql::Database& database, const Freshness& freshness);
  // Gives them back, unless the freshness of what was read from the database is over: then that does not answer, and
  // nobody waits for it.
  ~NodeLeases();
  NodeLeases(const NodeLeases&) = delete;
  NodeLeases& operator=(const NodeLeases&) = delete;

  // Whether this node holds the lease `name` for so long from now on. A failure is logged.
  bool hold(const std::string& name, std::chrono::seconds duration);

 private:
  const Freshness& freshness_;
  sql::Leases leases_;
};

}  // namespace cardea::service
