#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <cardea/core/token/numeric_date.hpp>
#include <limits>

namespace cardea {
namespace {

using std::chrono::microseconds;
using std::chrono::seconds;
namespace json = boost::json;

NumericDate read(const json::value& value) { return NumericDate::from_json(value).value(); }

TEST(NumericDate, IsTheInstantThatItWasMadeOf) {
  EXPECT_EQ(read(1767268800), NumericDate{Instant{seconds{1767268800}}});
  EXPECT_EQ(read(1767268800.0), NumericDate{Instant{seconds{1767268800}}});
  EXPECT_EQ(read(1767268800.25), NumericDate{Instant{microseconds{1767268800'250000}}});
  EXPECT_EQ(read(0), NumericDate{Instant{}});
}

TEST(NumericDate, KeepsMicroseconds) {
  for (const std::int64_t count :
       {0LL, 1LL, 999'999LL, 1767268800'000001LL, 1767268800'123456LL, 1767268800'999999LL}) {
    const NumericDate date{Instant{microseconds{count}}};
    EXPECT_EQ(read(date.to_json()), date) << count;
  }
}

TEST(NumericDate, WritesTheFractionThatItReadHoweverFarAwayItIs) {
  for (const double number : {8589934592.000002, 1767217672688018.25, 4503599627370495.5}) {
    EXPECT_EQ(read(number).to_json(), json::value(number));
  }
}

TEST(NumericDate, IsAnIntegerInJsonUnlessThereIsAFraction) {
  EXPECT_EQ(NumericDate{Instant{seconds{1767268800}}}.to_json(), json::value(std::int64_t{1767268800}));
  EXPECT_TRUE(NumericDate{Instant{microseconds{1}}}.to_json().is_double());
}

TEST(NumericDate, ReachesFromZeroToTwoToThe53) {
  constexpr std::int64_t kLargest = 9007199254740992;
  EXPECT_TRUE(NumericDate::from_json(kLargest));
  EXPECT_TRUE(NumericDate::from_json(static_cast<double>(kLargest)));
  for (const auto& value :
       {json::value(kLargest + 1), json::value(-1), json::value(-1e-9), json::value(9007199254740994.0),
        json::value(1e308), json::value(std::numeric_limits<double>::infinity()),
        json::value(std::numeric_limits<double>::quiet_NaN()), json::value(std::numeric_limits<std::int64_t>::min()),
        json::value(std::numeric_limits<std::uint64_t>::max()), json::value("1"), json::value(nullptr),
        json::value(true), json::value(json::array(1, json::value(1)))}) {
    const auto date = NumericDate::from_json(value);
    ASSERT_FALSE(date);
    EXPECT_EQ(date.error().code(), ErrorCode::token_claims_malformed);
  }
}

TEST(NumericDate, IsMadeOfSecondsInTheSameRange) {
  EXPECT_EQ(NumericDate::from_seconds(1767268800).value(), NumericDate{Instant{seconds{1767268800}}});
  EXPECT_TRUE(NumericDate::from_seconds(0));
  EXPECT_TRUE(NumericDate::from_seconds(9007199254740992));
  EXPECT_EQ(NumericDate::from_seconds(-1).error().code(), ErrorCode::token_claims_malformed);
  EXPECT_EQ(NumericDate::from_seconds(9007199254740993).error().code(), ErrorCode::token_claims_malformed);
}

TEST(NumericDate, KnowsWhetherItWouldBeReadBack) {
  EXPECT_TRUE(NumericDate{Instant{}}.is_in_range());
  EXPECT_FALSE(NumericDate{Instant{microseconds{-1}}}.is_in_range());
  EXPECT_TRUE(read(std::int64_t{1} << 53).is_in_range());
  EXPECT_FALSE(read(std::int64_t{1} << 53).plus(seconds{1}).is_in_range());
}

TEST(NumericDate, ComparesFarBeyondWhatAnInstantHolds) {
  const auto last = NumericDate{Instant::max()};
  EXPECT_LT(last, read(std::int64_t{1} << 53));
  EXPECT_LT(last, read(std::int64_t{1} << 53).plus(seconds{60}));
  EXPECT_LT(NumericDate{Instant{microseconds{-1}}}, read(0));
  EXPECT_LT(NumericDate{Instant::min()}, NumericDate{Instant{microseconds{-1}}});
}

TEST(NumericDate, RoundsAFractionToTheNearestMicrosecond) {
  EXPECT_EQ(read(1.9999999), read(2));
  EXPECT_EQ(read(1.0000001), read(1));
}

}  // namespace
}  // namespace cardea
