// A sleep that the request to stop ends.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>

namespace cardea {

// Of one thread. Takes its memory when it is made: a sleep needs none.
class StoppableSleep {
 public:
  // False once it is to stop.
  bool sleep_for(const std::stop_token& stop, std::chrono::milliseconds time) {
    std::unique_lock lock(mutex_);
    ended_.wait_for(lock, stop, time, [&] { return stop.stop_requested(); });
    return !stop.stop_requested();
  }

 private:
  std::mutex mutex_;
  std::condition_variable_any ended_;
};

}  // namespace cardea
