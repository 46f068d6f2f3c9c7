#include <cardea/sql/lease/lease.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <thread>

#include "database/scratch_database.hpp"

namespace cardea::sql {
namespace {

using namespace std::chrono_literals;

class LeaseTest : public testing::TestWithParam<Dialect> {
 protected:
  const Instant noon = parse_instant("2026-01-01T12:00:00Z").value();
  ScratchDatabase scratch{GetParam()};
  DatabaseUrl url = scratch.url();
  Database database = migrated(url);
  Database other_database = opened(url);
  Lease ours{database, "rotation", "we"}, theirs{other_database, "rotation", "they"};
};

TEST_P(LeaseTest, IsHeldByOneUntilItsEndAndThenByWhoeverComesFirst) {
  EXPECT_TRUE(ours.hold(noon, noon + 90s).value());
  EXPECT_FALSE(theirs.hold(noon, noon + 90s).value());
  EXPECT_FALSE(theirs.hold(noon + 90s - 1us, noon + 180s).value());
  EXPECT_TRUE(theirs.hold(noon + 90s, noon + 180s).value());
  EXPECT_FALSE(ours.hold(noon + 90s, noon + 180s).value());
}

TEST_P(LeaseTest, IsRenewedByItsHolder) {
  EXPECT_TRUE(ours.hold(noon, noon + 90s).value());
  EXPECT_TRUE(ours.hold(noon + 60s, noon + 150s).value());
  EXPECT_FALSE(theirs.hold(noon + 100s, noon + 200s).value());
}

TEST_P(LeaseTest, IsFreeOnceItsHolderReleasesItAndNobodyElseCan) {
  EXPECT_TRUE(ours.hold(noon, noon + 90s).value());
  ASSERT_TRUE(theirs.release());
  EXPECT_FALSE(theirs.hold(noon, noon + 90s).value());
  ASSERT_TRUE(ours.release());
  EXPECT_TRUE(theirs.hold(noon, noon + 90s).value());
}

TEST_P(LeaseTest, IsOfOneNameOnly) {
  EXPECT_TRUE(ours.hold(noon, noon + 90s).value());
  EXPECT_TRUE((Lease{other_database, "pruning", "they"}.hold(noon, noon + 90s).value()));
}

TEST_P(LeaseTest, IsGivenToOneOfManyWhoAskAtOnce) {
  constexpr int kMany = 8;
  std::atomic<int> held = 0;
  std::latch together{kMany};
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < kMany; ++i) {
      threads.emplace_back([&, i] {
        Lease lease{i % 2 == 0 ? database : other_database, "rotation", std::to_string(i)};
        together.arrive_and_wait();
        if (lease.hold(noon, noon + 90s).value()) ++held;
      });
    }
  }
  EXPECT_EQ(held, 1);
}

INSTANTIATE_TEST_SUITE_P(Sql, LeaseTest, each_dialect(), name_of_dialect);

}  // namespace
}  // namespace cardea::sql
