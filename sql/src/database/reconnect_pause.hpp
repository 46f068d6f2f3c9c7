// When to try again to connect to a database that could not be reached: soon at first, then ever less often.
#pragma once

#include <algorithm>
#include <chrono>

namespace cardea::sql {

class ReconnectPause {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;
  static constexpr std::chrono::milliseconds kFirst{50}, kLongest{2000};

  bool is_over(TimePoint now) const noexcept { return now >= until_; }
  TimePoint until() const noexcept { return until_; }

  void failed(TimePoint now) noexcept {
    until_ = now + length_;
    length_ = std::min(2 * length_, kLongest);
  }
  void succeeded() noexcept { *this = {}; }

 private:
  std::chrono::milliseconds length_ = kFirst;
  TimePoint until_ = TimePoint::min();
};

}  // namespace cardea::sql
