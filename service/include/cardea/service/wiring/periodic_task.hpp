// Something that is done again and again, on a thread of its own, for as long as this lives.
#pragma once

#include <chrono>
#include <functional>
#include <thread>

namespace cardea::service {

class PeriodicTask {
 public:
  // After `first`, and then `interval` after each time. `task` throws nothing but std::bad_alloc, which ends that
  // time only. What it uses outlives this.
  PeriodicTask(std::chrono::milliseconds interval, std::function<void()> task, std::chrono::milliseconds first = {});

 private:
  std::jthread thread_;
};

}  // namespace cardea::service
