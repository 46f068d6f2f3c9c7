// Until when what is remembered of a store counts, where others change the store too.
//
// Whoever follows their changes says after each reading how long it holds. A follower that hangs says nothing, and the
// time runs out by itself: what was taken back meanwhile is accepted for no longer than that.
#pragma once

#include <atomic>
#include <cardea/core/base/error.hpp>
#include <chrono>

namespace cardea {

// Thread-safe; never blocks. Without end until somebody says when: nobody else changes the store.
class Freshness {
 public:
  using Clock = std::chrono::steady_clock;  // nobody sets it

  bool lasts() const noexcept { return Clock::now() < end_.load(std::memory_order_acquire); }
  void last_until(Clock::time_point end) noexcept { end_.store(end, std::memory_order_release); }
  void end_now() noexcept { last_until(Clock::time_point::min()); }

  // What is said to whom nothing can be told meanwhile: store_unavailable.
  static Error over() {
    return Error{ErrorCode::store_unavailable, PrivateText{"what has been revoked elsewhere is not known"}};
  }

 private:
  std::atomic<Clock::time_point> end_{Clock::time_point::max()};
};

}  // namespace cardea
