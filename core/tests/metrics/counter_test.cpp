#include <gtest/gtest.h>

#include <cardea/core/metrics/counter.hpp>
#include <thread>
#include <vector>

namespace cardea {
namespace {

TEST(Counter, BeginsWithNothing) { EXPECT_EQ(Counter{}.value(), 0U); }

TEST(Counter, IsExactHoweverManyThreadsAdd) {
  constexpr std::uint64_t kThreads = 8;
  constexpr std::uint64_t kTimes = 50'000;
  Counter counter;
  {
    std::vector<std::jthread> threads;
    for (std::uint64_t i = 0; i < kThreads; ++i) {
      threads.emplace_back([&counter, i] {
        for (std::uint64_t time = 0; time < kTimes; ++time) counter.add(i + 1);
      });
    }
  }
  EXPECT_EQ(counter.value(), kTimes * kThreads * (kThreads + 1) / 2);
}

TEST(Counter, NeverFallsWhileItIsReadAndAddedTo) {
  Counter counter;
  std::jthread const adding([&counter] {
    for (int time = 0; time < 100'000; ++time) counter.add();
  });
  std::uint64_t last = 0;
  while (last < 100'000) {
    const auto now = counter.value();
    ASSERT_GE(now, last);
    last = now;
  }
}

TEST(ShardedCounts, KeepsItsNumbersApart) {
  constexpr std::size_t kNumbers = 19;  // more than a cache line has
  ShardedCounts counts{kNumbers};
  for (std::size_t i = 0; i < kNumbers; ++i) counts.here().add(i, i + 1);
  for (std::size_t i = 0; i < kNumbers; ++i) EXPECT_EQ(counts.sum(i), i + 1) << i;
}

}  // namespace
}  // namespace cardea
