#include <gmock/gmock.h>

#include <cardea/core/metrics/histogram.hpp>
#include <stdexcept>
#include <thread>

namespace cardea {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

std::vector<std::uint64_t> counts_after(std::uint64_t value) {
  ValueHistogram histogram{BucketBounds({10, 20, 30})};
  histogram.observe(value);
  return histogram.read().counts;
}

TEST(ValueHistogram, CountsABoundInTheBucketThatItEnds) {
  EXPECT_THAT(counts_after(0), ElementsAre(1, 0, 0, 0));
  EXPECT_THAT(counts_after(10), ElementsAre(1, 0, 0, 0));
  EXPECT_THAT(counts_after(11), ElementsAre(0, 1, 0, 0));
  EXPECT_THAT(counts_after(20), ElementsAre(0, 1, 0, 0));
  EXPECT_THAT(counts_after(30), ElementsAre(0, 0, 1, 0));
}

TEST(ValueHistogram, HasABucketForWhatIsBeyondTheLastBound) {
  EXPECT_THAT(counts_after(31), ElementsAre(0, 0, 0, 1));
  EXPECT_THAT(counts_after(std::uint64_t{1} << 63U), ElementsAre(0, 0, 0, 1));
}

TEST(ValueHistogram, AddsUpWhatManyThreadsObserve) {
  ValueHistogram histogram{BucketBounds({1, 2})};
  {
    std::vector<std::jthread> threads;
    for (std::uint64_t value = 1; value <= 4; ++value) {
      threads.emplace_back([&histogram, value] {
        for (int time = 0; time < 10'000; ++time) histogram.observe(value);
      });
    }
  }
  const auto reading = histogram.read();
  EXPECT_THAT(reading.counts, ElementsAre(10'000, 10'000, 20'000));
  EXPECT_EQ(reading.sum, 100'000);
}

TEST(DurationHistogram, IsReadInSeconds) {
  DurationHistogram histogram{{1ms, 2500us, 1s}};
  histogram.observe(1ms);
  histogram.observe(1ms + 1ns);
  histogram.observe(2s);
  const auto reading = histogram.read();
  EXPECT_THAT(reading.bounds, ElementsAre(0.001, 0.0025, 1));
  EXPECT_THAT(reading.counts, ElementsAre(1, 1, 0, 1));
  EXPECT_DOUBLE_EQ(reading.sum, 2.002000001);
}

TEST(DurationHistogram, CountsLessThanNothingAsNothing) {
  DurationHistogram histogram{{1ms}};
  histogram.observe(-1s);
  EXPECT_THAT(histogram.read().counts, ElementsAre(1, 0));
  EXPECT_EQ(histogram.read().sum, 0);
}

TEST(BucketBounds, HaveToAscend) {
  EXPECT_THROW(BucketBounds(std::vector<std::uint64_t>{}), std::logic_error);
  EXPECT_THROW(BucketBounds({1, 1}), std::logic_error);
  EXPECT_THROW(BucketBounds({2, 1}), std::logic_error);
}

}  // namespace
}  // namespace cardea
