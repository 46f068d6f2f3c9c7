#include <gtest/gtest.h>

#include <barrier>
#include <cardea/core/base/thread_number.hpp>
#include <set>
#include <thread>
#include <vector>

namespace cardea {
namespace {

// Those of so many threads that live at the same time.
std::multiset<std::size_t> numbers_of(std::ptrdiff_t threads) {
  std::vector<std::size_t> numbers(static_cast<std::size_t>(threads));
  std::barrier all_have_one{threads};
  {
    std::vector<std::jthread> running;
    for (auto& number : numbers) {
      running.emplace_back([&] {
        number = thread_number();
        all_have_one.arrive_and_wait();
      });
    }
  }
  return {numbers.begin(), numbers.end()};
}

TEST(ThreadNumber, IsTheSameEachTime) { EXPECT_EQ(thread_number(), thread_number()); }

TEST(ThreadNumber, IsOfOneLivingThreadAlone) {
  const auto numbers = numbers_of(16);
  EXPECT_EQ(std::set<std::size_t>(numbers.begin(), numbers.end()).size(), 16U);
  EXPECT_LT(*numbers.rbegin(), kThreadNumbers);
}

TEST(ThreadNumber, GoesToAnotherThreadWhenItsOwnHasEnded) { EXPECT_EQ(numbers_of(16), numbers_of(16)); }

TEST(ThreadNumber, IsOnePastTheLastForThreadsThatCameTooLate) {
  const auto numbers = numbers_of(80);
  EXPECT_GE(numbers.count(kThreadNumbers), 16U);
  EXPECT_EQ(*numbers.rbegin(), kThreadNumbers);
}

}  // namespace
}  // namespace cardea
