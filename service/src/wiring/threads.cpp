#include <algorithm>
#include <cardea/service/wiring/threads.hpp>
#include <thread>

namespace cardea::service {
namespace {

// Most of them wait for the disk at the same time, and what waits shares a commit.
constexpr unsigned kBlockingThreads = 16;

unsigned processors() noexcept { return std::clamp(std::thread::hardware_concurrency(), 1U, 256U); }

}  // namespace

unsigned io_threads_of(const Config& config) noexcept { return config.threads.value_or(processors()); }
unsigned blocking_threads_of(const Config& config) noexcept {
  return config.blocking_threads.value_or(std::max(kBlockingThreads, processors()));
}
unsigned hashing_threads_of(const Config& config) noexcept {
  return config.password_hash_threads.value_or(processors());
}
unsigned database_readers_of(const Config& config) noexcept {
  return std::min(blocking_threads_of(config), processors()) + hashing_threads_of(config);
}

}  // namespace cardea::service
