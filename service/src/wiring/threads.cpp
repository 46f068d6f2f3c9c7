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
  return config.password_hash_threads.value_or(std::max(processors() - 1, 1U));
}
// Enough for a commit that takes as long as a hash.
unsigned storing_threads_of(const Config& config) noexcept { return hashing_threads_of(config) + 1; }
unsigned database_connections_of(const Config& config) noexcept {
  const bool has_one_writer = config.database.dialect() == sql::Dialect::sqlite;
  const auto blocking = blocking_threads_of(config);
  return (has_one_writer ? std::min(blocking, processors()) : blocking) + hashing_threads_of(config) +
         storing_threads_of(config);
}

}  // namespace cardea::service
