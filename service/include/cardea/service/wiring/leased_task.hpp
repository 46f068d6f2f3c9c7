// Something that is done again and again, by one of all the nodes that share a database.
#pragma once

#include <cardea/service/wiring/node_leases.hpp>
#include <cardea/service/wiring/periodic_task.hpp>
#include <chrono>
#include <functional>
#include <string>

namespace cardea::service {

class LeasedTask {
 public:
  // For `first`: the start of a server needs its processors and connections for itself.
  static constexpr std::chrono::milliseconds kAfterTheStart{200};

  // After `first`, and then `interval` after each time, as long as this node holds the lease `name`. If its holder is
  // gone without a word, another one takes over when three intervals have passed. `task` throws nothing; what it uses
  // and the leases outlive this.
  LeasedTask(NodeLeases& leases, std::string name, std::chrono::seconds interval, std::function<void()> task,
             std::chrono::milliseconds first = {});

 private:
  PeriodicTask task_;
};

}  // namespace cardea::service
