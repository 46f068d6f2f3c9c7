// Hangs up on a server that does not answer in time: a blocking call on its connection fails then, instead of waiting
// for ever.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <unordered_map>

#include "database/connection.hpp"

namespace cardea::sql {

// Thread-safe.
class ConnectionWatchdog {
 public:
  // What takes longer than `patience` is noticed within an eighth of that more.
  explicit ConnectionWatchdog(std::chrono::milliseconds patience);

  // Until `forget`, which comes before the connection's end.
  void watch(Connection& connection);
  // True if it has hung up.
  bool forget(Connection& connection);

 private:
  using TimePoint = std::chrono::steady_clock::time_point;
  void hang_up_on_the_late(TimePoint now);
  void run(const std::stop_token& stop);

  const std::chrono::milliseconds patience_;
  std::mutex mutex_;
  std::condition_variable_any ended_;
  std::unordered_map<Connection*, TimePoint> deadlines_;
  std::jthread thread_;
};

}  // namespace cardea::sql
