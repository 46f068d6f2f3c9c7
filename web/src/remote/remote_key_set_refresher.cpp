#include <cardea/web/remote/remote_key_set_refresher.hpp>
#include <condition_variable>
#include <mutex>

namespace cardea::web {
namespace {

// False once the thread is asked to stop.
bool wait(const std::stop_token& stop, std::chrono::milliseconds interval) {
  std::mutex mutex;
  std::condition_variable_any ended;
  std::unique_lock lock(mutex);
  ended.wait_for(lock, stop, interval, [&] { return stop.stop_requested(); });
  return !stop.stop_requested();
}

}  // namespace

RemoteKeySetRefresher::RemoteKeySetRefresher(std::shared_ptr<RemoteKeySet> keys, const Clock& clock,
                                             OnFailure on_failure, std::chrono::milliseconds interval)
    : keys_(std::move(keys)),
      thread_([&keys = *keys_, &clock, on_failure = std::move(on_failure), interval](const std::stop_token& stop) {
        do {
          const auto refreshed = keys.refresh(clock.now());
          if (!refreshed && on_failure && !stop.stop_requested()) on_failure(refreshed.error());
        } while (wait(stop, interval));
      }) {}

RemoteKeySetRefresher::~RemoteKeySetRefresher() {
  thread_.request_stop();
  keys_->interrupt();
}

}  // namespace cardea::web
