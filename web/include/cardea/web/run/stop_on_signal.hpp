// Turns SIGTERM and SIGINT into the graceful end of a program.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

namespace cardea::web {

// Calls `stop` once, on a thread of its own, when the first of the signals comes; a second signal then ends the process
// as if this did not exist. What comes within `same` after the first is the same one: timeout(1) and terminals send a
// signal to the process and once more to its group; that holds also after this is gone. One in a process.
class StopOnSignal {
 public:
  explicit StopOnSignal(std::function<void()> stop, std::chrono::milliseconds same = std::chrono::milliseconds{500});
  ~StopOnSignal();
  StopOnSignal(const StopOnSignal&) = delete;
  StopOnSignal& operator=(const StopOnSignal&) = delete;

 private:
  class Implementation;
  std::shared_ptr<Implementation> implementation_;
};

}  // namespace cardea::web
