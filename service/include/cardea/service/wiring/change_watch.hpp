// Makes what other processes change in the database (the command line, above all) show in a running server.
#pragma once

#include <cardea/service/wiring/periodic_task.hpp>
#include <cardea/sql/database/database.hpp>
#include <chrono>
#include <functional>

namespace cardea::service {

// Asks for the database's data version every `interval`, and calls `on_change` at the start, and whenever the version
// has changed or cannot be read. What it is given outlives it.
class ChangeWatch {
 public:
  static constexpr std::chrono::milliseconds kInterval{50};

  ChangeWatch(sql::Database& database, std::function<void()> on_change, std::chrono::milliseconds interval = kInterval);

 private:
  PeriodicTask task_;
};

}  // namespace cardea::service
