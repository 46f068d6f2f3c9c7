#include <spdlog/spdlog.h>

#include <cardea/core/base/base64url.hpp>
#include <cardea/core/base/random_bytes.hpp>
#include <cardea/service/wiring/leased_task.hpp>

namespace cardea::service {
namespace {

constexpr std::size_t kHolderBytes = 16;

void log_failure(const std::string& name, std::string_view what, const Error& error) {
  spdlog::error("the lease {} cannot be {}: {}: {}", name, what, name_of(error.code()), error.private_text());
}

}  // namespace

LeasedTask::LeasedTask(sql::Database& database, const Freshness& freshness, std::string name,
                       std::chrono::seconds interval, std::function<void()> task, std::chrono::milliseconds first)
    : freshness_(freshness), name_(std::move(name)), lease_(database, name_, to_base64url(random_bytes(kHolderBytes))) {
  auto leased = [this, interval, task = std::move(task)] {
    if (is_ours(interval)) task();
  };
  task_.emplace(interval, std::move(leased), first);
}

LeasedTask::~LeasedTask() {
  task_.reset();
  if (!freshness_.lasts()) return;
  if (const auto done = lease_.release(); !done) log_failure(name_, "released", done.error());
}

bool LeasedTask::is_ours(std::chrono::seconds interval) {
  const auto now = SystemClock{}.now();
  const auto held = lease_.hold(now, now + 3 * interval);
  if (!held) log_failure(name_, "held", held.error());
  return held.value_or(false);
}

}  // namespace cardea::service
