// A JSON NumericDate: seconds since 1970-01-01T00:00:00Z, possibly with a fraction (RFC 7519 section 2).
#pragma once

#include <boost/json/value.hpp>
#include <cardea/core/base/clock.hpp>
#include <cardea/core/base/result.hpp>
#include <chrono>
#include <compare>
#include <cstdint>

namespace cardea {

// To the microsecond. Holds every second up to 2^53, which is far beyond what an Instant holds.
class NumericDate {
 public:
  NumericDate(Instant instant) noexcept;
  // A number, finite, from 0 to 2^53. Error: token_claims_malformed.
  static Result<NumericDate> from_json(const boost::json::value& value);
  // From 0 to 2^53. Error: token_claims_malformed.
  static Result<NumericDate> from_seconds(std::int64_t seconds);
  // An integer if there is no fraction.
  boost::json::value to_json() const;

  // Whether from_json would read it back.
  bool is_in_range() const noexcept;
  NumericDate plus(std::chrono::seconds skew) const noexcept;
  friend auto operator<=>(const NumericDate&, const NumericDate&) = default;

 private:
  NumericDate(std::int64_t seconds, std::int32_t microseconds) noexcept
      : seconds_(seconds), microseconds_(microseconds) {}
  std::int64_t seconds_;
  std::int32_t microseconds_;  // 0 to 999,999, later than seconds_
};

}  // namespace cardea
