#include <cardea/core/base/stoppable_sleep.hpp>
#include <cardea/web/remote/remote_key_set_refresher.hpp>
#include <new>

namespace cardea::web {
namespace {

Done refresh(RemoteKeySet& keys, Instant now) try { return keys.refresh(now); } catch (const std::bad_alloc&) {
  return failure(ErrorCode::key_set_unavailable, PrivateText{"out of memory"});
}

}  // namespace

RemoteKeySetRefresher::RemoteKeySetRefresher(std::shared_ptr<RemoteKeySet> keys, const Clock& clock,
                                             OnFailure on_failure, std::chrono::milliseconds interval)
    : keys_(std::move(keys)),
      thread_([&keys = *keys_, &clock, on_failure = std::move(on_failure), interval,
               sleep = std::make_unique<StoppableSleep>()](const std::stop_token& stop) {
        do {
          const auto refreshed = refresh(keys, clock.now());
          if (!refreshed && on_failure && !stop.stop_requested()) on_failure(refreshed.error());
        } while (sleep->sleep_for(stop, interval));
      }) {}

RemoteKeySetRefresher::~RemoteKeySetRefresher() {
  thread_.request_stop();
  keys_->interrupt();
}

}  // namespace cardea::web
