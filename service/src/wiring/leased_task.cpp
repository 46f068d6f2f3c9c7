#include <cardea/service/wiring/leased_task.hpp>
#include <utility>

namespace cardea::service {

LeasedTask::LeasedTask(NodeLeases& leases, std::string name, std::chrono::seconds interval, std::function<void()> task,
                       std::chrono::milliseconds first)
    : task_(
          interval,
          [&leases, name = std::move(name), interval, task = std::move(task)] {
            if (leases.hold(name, 3 * interval)) task();
          },
          first) {}

}  // namespace cardea::service
