#include <cardea/sql/lease/leases.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <thread>

#include "database/scratch_database.hpp"

namespace cardea::sql {
namespace {

using namespace std::chrono_literals;

class LeasesTest : public testing::TestWithParam<Dialect> {
 protected:
  const Instant noon = parse_instant("2026-01-01T12:00:00Z").value();
  ScratchDatabase scratch{GetParam()};
  DatabaseUrl url = scratch.url();
  Database database = migrated(url);
  Database other_database = opened(url);
  Leases ours{database, "we"}, theirs{other_database, "they"};
};

TEST_P(LeasesTest, AreHeldByOneUntilTheirEndAndThenByWhoeverComesFirst) {
  EXPECT_TRUE(ours.hold("rotation", noon, noon + 90s).value());
  EXPECT_FALSE(theirs.hold("rotation", noon, noon + 90s).value());
  EXPECT_FALSE(theirs.hold("rotation", noon + 90s - 1us, noon + 180s).value());
  EXPECT_TRUE(theirs.hold("rotation", noon + 90s, noon + 180s).value());
  EXPECT_FALSE(ours.hold("rotation", noon + 90s, noon + 180s).value());
}

TEST_P(LeasesTest, AreRenewedByTheirHolder) {
  EXPECT_TRUE(ours.hold("rotation", noon, noon + 90s).value());
  EXPECT_TRUE(ours.hold("rotation", noon + 60s, noon + 150s).value());
  EXPECT_FALSE(theirs.hold("rotation", noon + 100s, noon + 200s).value());
}

TEST_P(LeasesTest, AreFreeOnceTheirHolderReleasesThemAndNobodyElseCan) {
  EXPECT_TRUE(ours.hold("rotation", noon, noon + 90s).value());
  ASSERT_TRUE(theirs.release());
  EXPECT_FALSE(theirs.hold("rotation", noon, noon + 90s).value());
  ASSERT_TRUE(ours.release());
  EXPECT_TRUE(theirs.hold("rotation", noon, noon + 90s).value());
}

TEST_P(LeasesTest, AreReleasedAllAtOnce) {
  EXPECT_TRUE(ours.hold("rotation", noon, noon + 90s).value());
  EXPECT_TRUE(ours.hold("pruning", noon, noon + 90s).value());
  ASSERT_TRUE(ours.release());
  EXPECT_TRUE(theirs.hold("rotation", noon, noon + 90s).value());
  EXPECT_TRUE(theirs.hold("pruning", noon, noon + 90s).value());
}

TEST_P(LeasesTest, AreOfOneNameEach) {
  EXPECT_TRUE(ours.hold("rotation", noon, noon + 90s).value());
  EXPECT_TRUE(theirs.hold("pruning", noon, noon + 90s).value());
}

TEST_P(LeasesTest, AreGivenToOneOfManyWhoAskAtOnce) {
  constexpr int kMany = 8;
  std::atomic<int> held = 0;
  std::latch together{kMany};
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < kMany; ++i) {
      threads.emplace_back([&, i] {
        Leases leases{i % 2 == 0 ? database : other_database, std::to_string(i)};
        together.arrive_and_wait();
        if (leases.hold("rotation", noon, noon + 90s).value()) ++held;
      });
    }
  }
  EXPECT_EQ(held, 1);
}

INSTANTIATE_TEST_SUITE_P(Sql, LeasesTest, each_dialect(), name_of_dialect);

}  // namespace
}  // namespace cardea::sql
