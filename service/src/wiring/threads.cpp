#include <algorithm>
#include <cardea/service/wiring/threads.hpp>
#include <thread>

namespace cardea::service {
namespace {

unsigned processors() noexcept { return std::clamp(std::thread::hardware_concurrency(), 1U, 256U); }

}  // namespace

unsigned io_threads_of(const Config& config) noexcept { return config.threads.value_or(processors()); }
unsigned blocking_threads_of(const Config& config) noexcept { return config.blocking_threads.value_or(processors()); }
unsigned hashing_threads_of(const Config& config) noexcept {
  return config.password_hash_threads.value_or(processors());
}

}  // namespace cardea::service
