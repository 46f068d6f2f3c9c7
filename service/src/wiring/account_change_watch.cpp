#include <cardea/service/wiring/account_change_watch.hpp>
#include <condition_variable>
#include <mutex>
#include <optional>

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

AccountChangeWatch::AccountChangeWatch(sql::Database& database, CachedUserStore& cache,
                                       std::chrono::milliseconds interval)
    : thread_([&database, &cache, interval](const std::stop_token& stop) {
        std::optional<std::uint64_t> seen;
        do {
          const auto version = database.data_version();
          if (!version || seen != *version) cache.invalidate_all();
          seen = version ? std::optional{*version} : std::nullopt;
        } while (wait(stop, interval));
      }) {}

}  // namespace cardea::service
