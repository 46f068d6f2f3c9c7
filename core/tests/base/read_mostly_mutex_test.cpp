#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <cardea/core/base/read_mostly_mutex.hpp>
#include <mutex>
#include <shared_mutex>
#include <thread>
#include <vector>

namespace cardea {
namespace {

TEST(ReadMostlyMutex, LetsReadersInTogether) {
  ReadMostlyMutex mutex;
  std::barrier all_are_in{4};
  std::vector<std::jthread> readers;
  for (int i = 0; i < 4; ++i) {
    readers.emplace_back([&] {
      const std::shared_lock lock{mutex};
      all_are_in.arrive_and_wait();
    });
  }
}

TEST(ReadMostlyMutex, ShowsReadersAllOfAChangeOrNothing) {
  ReadMostlyMutex mutex;
  long first = 0;
  long second = 0;
  std::atomic<bool> is_torn = false;
  {
    std::jthread const writer([&] {
      for (int i = 0; i < 300; ++i) {
        const std::unique_lock lock{mutex};
        ++first;
        ++second;
      }
    });
    std::vector<std::jthread> readers;
    for (int i = 0; i < 3; ++i) {
      readers.emplace_back([&] {
        for (long seen = 0; seen < 300;) {
          const std::shared_lock lock{mutex};
          if (first != second) is_torn = true;
          seen = first;
        }
      });
    }
  }
  EXPECT_FALSE(is_torn);
}

TEST(ReadMostlyMutex, LetsOneWriterInAtATime) {
  ReadMostlyMutex mutex;
  long count = 0;
  {
    std::vector<std::jthread> writers;
    for (int i = 0; i < 4; ++i) {
      writers.emplace_back([&] {
        for (int j = 0; j < 1000; ++j) {
          const std::unique_lock lock{mutex};
          ++count;
        }
      });
    }
  }
  EXPECT_EQ(count, 4000);
}

}  // namespace
}  // namespace cardea
