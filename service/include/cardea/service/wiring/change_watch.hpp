// Makes what other processes change in the database (the command line, above all) show in a running server.
#pragma once

#include <cardea/sql/database/change_listener.hpp>
#include <cardea/sql/database/database.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace cardea::service {

// Asks the database every `interval` what has changed, and calls a topic's `on_change` at the start, and whenever its
// version has changed or cannot be read, whatever has become of the others; and again until it has taken the change in.
// What it is given outlives it.
//
// Where the database tells of changes it asks at once then, and otherwise less often, every kHearingInterval: a notice
// that is lost costs that long.
//
// `on_look` is told each time, before the topics are called, whether the database could be read.
class ChangeWatch {
 public:
  struct Topic {
    std::string name;                 // as in sql::ChangeVersions
    std::function<bool()> on_change;  // false: it could not take the change in this time
  };
  static constexpr std::chrono::milliseconds kInterval{50}, kHearingInterval{200};

  using OnLook = std::function<void(bool could_read)>;

  ChangeWatch(
      sql::Database& database, const std::vector<Topic>& topics, std::chrono::milliseconds interval = kInterval,
      OnLook on_look = [](bool) {});

 private:
  std::unique_ptr<sql::ChangeListener> listener_;
  std::jthread thread_;
};

}  // namespace cardea::service
