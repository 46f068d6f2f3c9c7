#include <spdlog/spdlog.h>

#include <cardea/core/base/stoppable_sleep.hpp>
#include <cardea/service/wiring/periodic_task.hpp>
#include <memory>
#include <new>

namespace cardea::service {
namespace {

void perform(const std::function<void()>& task) try { task(); } catch (const std::bad_alloc&) {
  spdlog::error("something in the background found no memory, and is tried again the next time");
}

}  // namespace

PeriodicTask::PeriodicTask(std::chrono::milliseconds interval, std::function<void()> task,
                           std::chrono::milliseconds first)
    : thread_([interval, task = std::move(task), first,
               sleep = std::make_unique<StoppableSleep>()](const std::stop_token& stop) {
        for (auto pause = first; sleep->sleep_for(stop, pause); pause = interval) perform(task);
      }) {}

}  // namespace cardea::service
