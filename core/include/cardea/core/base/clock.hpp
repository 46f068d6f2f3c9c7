// Time as an argument: whoever needs "now" is given a Clock or an Instant, so that a test stands exactly on the
// boundary.
#pragma once

#include <atomic>
#include <cardea/core/base/result.hpp>
#include <chrono>
#include <string>
#include <string_view>

namespace cardea {

// A point in UTC, to the microsecond.
using Instant = std::chrono::sys_time<std::chrono::microseconds>;

// 2026-01-01T12:00:00Z; with a fraction only if there is one (RFC 3339 section 5.6).
std::string to_rfc3339(Instant instant);
void append_rfc3339(std::string& out, Instant instant);

// Reads what to_rfc3339 writes, an offset instead of Z, or whole seconds since 1970 as digits. Error: invalid_request.
Result<Instant> parse_instant(std::string_view text);

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
 public:
  Instant now() const override {
    return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
  }
};

// Stands still until told otherwise. Thread-safe.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Instant start) : now_(start) {}
  Instant now() const override { return now_.load(); }
  void set(Instant instant) { now_.store(instant); }
  void advance(std::chrono::microseconds by) { now_.store(now_.load() + by); }

 private:
  std::atomic<Instant> now_;
};

}  // namespace cardea
