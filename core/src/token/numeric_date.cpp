#include <cardea/core/token/numeric_date.hpp>
#include <cmath>

namespace cardea {
namespace {

constexpr std::int64_t kLargest = std::int64_t{1} << 53;
constexpr std::int32_t kMillion = 1'000'000;

std::unexpected<Error> malformed() { return failure(ErrorCode::token_claims_malformed); }

}  // namespace

NumericDate::NumericDate(Instant instant) noexcept {
  const std::int64_t microseconds = instant.time_since_epoch().count();
  seconds_ = microseconds / kMillion;
  microseconds_ = static_cast<std::int32_t>(microseconds % kMillion);
  if (microseconds_ < 0) {
    --seconds_;
    microseconds_ += kMillion;
  }
}

Result<NumericDate> NumericDate::from_json(const boost::json::value& value) {
  if (value.is_int64()) return from_seconds(value.get_int64());
  if (!value.is_double()) return malformed();  // an integer that needs 64 bits without sign is out of range
  const double number = value.get_double();
  if (!(number >= 0) || number > static_cast<double>(kLargest)) return malformed();
  const double whole = std::floor(number);
  const auto microseconds = static_cast<std::int32_t>(std::lround((number - whole) * kMillion));
  const std::int32_t carry = microseconds / kMillion;
  return NumericDate{static_cast<std::int64_t>(whole) + carry, microseconds % kMillion};
}

Result<NumericDate> NumericDate::from_seconds(std::int64_t seconds) {
  const NumericDate date{seconds, 0};
  if (!date.is_in_range()) return malformed();
  return date;
}

boost::json::value NumericDate::to_json() const {
  if (microseconds_ == 0) return seconds_;
  return static_cast<double>(seconds_) + static_cast<double>(microseconds_) / kMillion;
}

bool NumericDate::is_in_range() const noexcept {
  return *this >= NumericDate{0, 0} && *this <= NumericDate{kLargest, 0};
}

NumericDate NumericDate::plus(std::chrono::seconds skew) const noexcept {
  return {seconds_ + skew.count(), microseconds_};
}

}  // namespace cardea
