#include <cardea/service/wiring/periodic_task.hpp>
#include <condition_variable>
#include <mutex>

namespace cardea::service {
namespace {

// False once the thread is asked to stop.
bool wait(std::stop_token stop, std::chrono::milliseconds interval) {
  std::mutex mutex;
  std::condition_variable_any ended;
  std::unique_lock lock(mutex);
  ended.wait_for(lock, stop, interval, [&] { return stop.stop_requested(); });
  return !stop.stop_requested();
}

}  // namespace

PeriodicTask::PeriodicTask(std::chrono::milliseconds interval, std::function<void()> task,
                           std::chrono::milliseconds first)
    : thread_([interval, task = std::move(task), first](const std::stop_token& stop) {
        for (auto pause = first; wait(stop, pause); pause = interval) task();
      }) {}

}  // namespace cardea::service
