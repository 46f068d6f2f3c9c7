// Keeps a remote key set fresh, on a thread of its own.
#pragma once

#include <cardea/core/base/clock.hpp>
#include <cardea/core/key/remote_key_set.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <thread>

namespace cardea::web {

class RemoteKeySetRefresher {
 public:
  // Is told each fetch that failed, on the refresher's thread; for the log.
  using OnFailure = std::function<void(const Error&)>;

  // Looks at once, and then at this interval, whether a fetch is due. The clock has to live as long as this does.
  RemoteKeySetRefresher(std::shared_ptr<RemoteKeySet> keys, const Clock& clock, OnFailure on_failure = {},
                        std::chrono::milliseconds interval = std::chrono::seconds{1});
  // Interrupts the fetch that runs, and ends the fetching of these keys for good.
  ~RemoteKeySetRefresher();
  RemoteKeySetRefresher(const RemoteKeySetRefresher&) = delete;
  RemoteKeySetRefresher& operator=(const RemoteKeySetRefresher&) = delete;

 private:
  std::shared_ptr<RemoteKeySet> keys_;
  std::jthread thread_;
};

}  // namespace cardea::web
