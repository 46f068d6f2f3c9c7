// Something that is done again and again, by one of all the nodes that share a database.
#pragma once

#include <cardea/core/base/freshness.hpp>
#include <cardea/service/wiring/periodic_task.hpp>
#include <cardea/sql/lease/lease.hpp>
#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace cardea::service {

class LeasedTask {
 public:
  // For `first`: the start of a server needs its processors and connections for itself.
  static constexpr std::chrono::milliseconds kAfterTheStart{200};

  // After `first`, and then `interval` after each time, as long as this node holds the lease `name`. If its holder is
  // gone without a word, another one takes over when three intervals have passed. `task` throws nothing, and what it
  // uses outlives this. At the end the lease is given back, unless the freshness of what was read from the database is
  // over: then that does not answer, and nobody waits for it.
  LeasedTask(sql::Database& database, const Freshness& freshness, std::string name, std::chrono::seconds interval,
             std::function<void()> task, std::chrono::milliseconds first = {});
  ~LeasedTask();
  LeasedTask(const LeasedTask&) = delete;
  LeasedTask& operator=(const LeasedTask&) = delete;

 private:
  bool is_ours(std::chrono::seconds interval);

  const Freshness& freshness_;
  const std::string name_;
  sql::Lease lease_;
  std::optional<PeriodicTask> task_;
};

}  // namespace cardea::service
