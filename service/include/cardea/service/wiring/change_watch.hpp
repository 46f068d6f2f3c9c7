// Makes what other processes change in the database (the command line, above all) show in a running server.
#pragma once

#include <cardea/core/base/freshness.hpp>
#include <cardea/sql/database/change_listener.hpp>
#include <cardea/sql/database/database.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
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
// Each time that it could read and all have taken in what had changed, `freshness` lasts until kHolds after it asked:
// however long the database, a topic or the processor takes, what is older than that counts no more.
class ChangeWatch {
 public:
  struct Topic {
    std::string name;                 // as in sql::ChangeVersions
    std::function<bool()> on_change;  // false: it could not take the change in this time
    bool asks_database = false;       // then it is not called while the database cannot be read: each call would wait
    bool may_lag = false;             // freshness goes on without it
  };
  static constexpr std::chrono::milliseconds kInterval{50}, kHearingInterval{200};
  // What others have revoked is refused within a second, of which some is left for the answer.
  static constexpr std::chrono::milliseconds kHolds{900};

  ChangeWatch(sql::Database& database, const std::vector<Topic>& topics, Freshness& freshness,
              std::chrono::milliseconds interval = kInterval, std::chrono::milliseconds holds = kHolds);

 private:
  struct Watched {
    Topic topic;
    std::optional<std::uint64_t> seen = std::nullopt;
  };

  // Whether there is nothing left to do.
  bool look();
  bool look_without_fail();
  void run(const std::stop_token& stop, std::chrono::milliseconds interval);

  sql::Database& database_;
  Freshness& freshness_;
  const std::chrono::milliseconds holds_;
  std::vector<Watched> all_;
  std::unique_ptr<sql::ChangeListener> listener_;
  std::jthread thread_;
};

}  // namespace cardea::service
