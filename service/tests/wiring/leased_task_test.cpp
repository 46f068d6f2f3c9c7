#include <gtest/gtest.h>

#include <atomic>
#include <cardea/service/wiring/accounts.hpp>
#include <cardea/service/wiring/leased_task.hpp>
#include <new>
#include <optional>
#include <thread>

#include "temporary_folder.hpp"

namespace cardea::service {
namespace {

using namespace std::chrono_literals;

// Two openings of one database are two nodes.
class LeasedTaskTest : public testing::Test {
 protected:
  static bool happens(const std::atomic<int>& calls) {
    const auto deadline = std::chrono::steady_clock::now() + 10s;
    while (calls == 0 && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
    return calls > 0;
  }

  const TemporaryFolder folder;
  const Config config = [this] {
    Config made;
    made.database = sql::DatabaseUrl::parse("sqlite:" + (folder / "a.db").string()).value();
    return made;
  }();
  Accounts ours = Accounts::open(config, SystemClock{}.now()).value();
  Accounts theirs = Accounts::open(config, SystemClock{}.now()).value();
  Freshness freshness;
  std::optional<NodeLeases> our_leases{std::in_place, ours.database(), freshness};
  NodeLeases their_leases{theirs.database(), freshness};
  std::atomic<int> by_us = 0, by_them = 0;
};

TEST_F(LeasedTaskTest, IsDoneByTheFirstNodeAndByTheNextOnceThatHasEnded) {
  std::optional<LeasedTask> first(std::in_place, *our_leases, "pruning", 1h, [this] { ++by_us; });
  ASSERT_TRUE(happens(by_us));
  {
    const LeasedTask second{their_leases, "pruning", 1h, [this] { ++by_them; }};
  }
  EXPECT_EQ(by_them, 0) << "the end of a task waits for its first time";
  first.reset();
  our_leases.reset();
  const LeasedTask third{their_leases, "pruning", 1h, [this] { ++by_them; }};
  EXPECT_TRUE(happens(by_them));
}

TEST_F(LeasedTaskTest, DoesNotWaitForADatabaseThatDoesNotAnswerToGiveTheLeaseBack) {
  std::optional<LeasedTask> first(std::in_place, *our_leases, "pruning", 1h, [this] { ++by_us; });
  ASSERT_TRUE(happens(by_us));
  freshness.end_now();
  first.reset();
  our_leases.reset();
  std::atomic<int> asked = 0;
  const LeasedTask second{their_leases, "pruning", 1h, [this] { ++by_them; }};
  const LeasedTask other{their_leases, "rotation", 1h, [&] { ++asked; }};
  ASSERT_TRUE(happens(asked));
  EXPECT_EQ(by_them, 0) << "it lapses by itself, in three hours";
}

TEST_F(LeasedTaskTest, IsDoneAgainAfterATimeThatFoundNoMemory) {
  std::atomic<int> after = 0;
  const PeriodicTask task{1ms, [&] {
                            if (++by_us == 1) throw std::bad_alloc();
                            ++after;
                          }};
  EXPECT_TRUE(happens(after));
}

TEST_F(LeasedTaskTest, OfAnotherNameIsDoneByAnotherNode) {
  const LeasedTask first{*our_leases, "pruning", 1h, [this] { ++by_us; }};
  const LeasedTask second{their_leases, "rotation", 1h, [this] { ++by_them; }};
  EXPECT_TRUE(happens(by_us));
  EXPECT_TRUE(happens(by_them));
}

}  // namespace
}  // namespace cardea::service
