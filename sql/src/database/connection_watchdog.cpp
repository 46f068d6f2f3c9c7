#include "database/connection_watchdog.hpp"

namespace cardea::sql {

using std::chrono::steady_clock;

ConnectionWatchdog::ConnectionWatchdog(std::chrono::milliseconds patience)
    : patience_(patience), thread_([this](const std::stop_token& stop) { run(stop); }) {}

void ConnectionWatchdog::watch(Connection& connection) {
  const std::lock_guard lock{mutex_};
  deadlines_.insert_or_assign(&connection, steady_clock::now() + patience_);
}

bool ConnectionWatchdog::forget(Connection& connection) {
  const std::lock_guard lock{mutex_};
  return deadlines_.erase(&connection) == 0;
}

void ConnectionWatchdog::hang_up_on_the_late(TimePoint now) {
  std::erase_if(deadlines_, [&](const auto& watched) {
    const auto& [connection, deadline] = watched;
    if (now < deadline) return false;
    connection->hang_up();
    return true;
  });
}

void ConnectionWatchdog::run(const std::stop_token& stop) {
  std::unique_lock lock{mutex_};
  while (!stop.stop_requested()) {
    hang_up_on_the_late(steady_clock::now());
    ended_.wait_for(lock, stop, patience_ / 8, [] { return false; });
  }
}

}  // namespace cardea::sql
