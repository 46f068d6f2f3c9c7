// SIGHUP as the wish that a program reads its files again.
#pragma once

#include <functional>
#include <memory>

namespace cardea::web {

// Calls `reload` for each SIGHUP that comes, on a thread of its own, one after the other. One in a process.
class ReloadOnSignal {
 public:
  explicit ReloadOnSignal(std::function<void()> reload);
  ~ReloadOnSignal();
  ReloadOnSignal(const ReloadOnSignal&) = delete;
  ReloadOnSignal& operator=(const ReloadOnSignal&) = delete;

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace cardea::web
