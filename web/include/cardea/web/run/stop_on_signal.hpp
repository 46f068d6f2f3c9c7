// Turns SIGTERM and SIGINT into the graceful end of a program.
#pragma once

#include <functional>
#include <memory>

namespace cardea::web {

// Calls `stop` once, on a thread of its own, when the first of the signals comes; a second signal then ends the process
// as if this did not exist. One in a process.
class StopOnSignal {
 public:
  explicit StopOnSignal(std::function<void()> stop);
  ~StopOnSignal();
  StopOnSignal(const StopOnSignal&) = delete;
  StopOnSignal& operator=(const StopOnSignal&) = delete;

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace cardea::web
