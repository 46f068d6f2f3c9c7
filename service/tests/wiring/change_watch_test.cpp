#include <gtest/gtest.h>

#include <atomic>
#include <cardea/core/account/cached_user_store.hpp>
#include <cardea/service/wiring/accounts.hpp>
#include <cardea/service/wiring/change_watch.hpp>
#include <cardea/sql/key/sql_key_store.hpp>
#include <new>
#include <thread>

#include "temporary_folder.hpp"

namespace cardea::service {
namespace {

using namespace std::chrono_literals;

// Two openings of one database are two processes, as far as SQLite is concerned.
class ChangeWatchTest : public testing::Test {
 protected:
  StoredKey key(std::string_view id) const {
    return {.id = KeyId::parse(id).value(),
            .algorithm = Algorithm::hs256,
            .sealed = "sealed",
            .created_at = now,
            .signs_from = now,
            .longest_token = 30min,
            .succeeds = std::nullopt,
            .retired_at = std::nullopt};
  }
  NewUser user(std::string_view name) const {
    return {Username::parse(name).value(), Role::parse("user").value(), PasswordHash{"x"}};
  }
  // Whether it is called that often within 10 s.
  static bool reaches(const std::atomic<int>& calls, int expected) {
    const auto deadline = std::chrono::steady_clock::now() + 10s;
    while (calls < expected && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
    return calls >= expected;
  }
  static bool becomes(const Freshness& freshness, bool lasting) {
    const auto deadline = std::chrono::steady_clock::now() + 10s;
    while (std::chrono::steady_clock::now() < deadline) {
      if (freshness.lasts() == lasting) return true;
      std::this_thread::yield();
    }
    return false;
  }

  const TemporaryFolder folder;
  const Instant now = parse_instant("2026-01-01T12:00:00Z").value();
  const Config config = [this] {
    Config made;
    made.database = sql::DatabaseUrl::parse("sqlite:" + (folder / "a.db").string()).value();
    return made;
  }();
  Accounts ours = Accounts::open(config, now).value();
  Accounts theirs = Accounts::open(config, now).value();
  sql::SqlKeyStore their_keys{theirs.database()};
  Freshness freshness;
  std::atomic<int> of_users = 0, of_keys = 0;
  const std::vector<ChangeWatch::Topic> counted{{"users", [this] { return ++of_users > 0; }},
                                                {"keys", [this] { return ++of_keys > 0; }}};
};

TEST_F(ChangeWatchTest, AsksAgainWhereThereWasNoMemoryAndIsNotFreshBefore) {
  freshness.end_now();
  std::atomic<bool> was_fresh = false;
  const auto take = [&] {
    was_fresh = was_fresh || freshness.lasts();
    if (++of_users < 3) throw std::bad_alloc();
    return true;
  };
  const ChangeWatch watch{ours.database(), {{"users", take}}, freshness, 1ms};
  EXPECT_TRUE(becomes(freshness, true));
  EXPECT_FALSE(was_fresh);
  EXPECT_EQ(of_users, 3);
}

TEST_F(ChangeWatchTest, TellsOfWhatAnotherProcessHasChanged) {
  const auto carol = Username::parse("carol").value();
  const auto id = ours.users().add({carol, Role::parse("user").value(), PasswordHash{"x"}}, now).value().id;

  CachedUserStore cache{ours.users()};
  const ChangeWatch watch{
      ours.database(), {{"users", [&cache] { return cache.invalidate_all(), true; }}}, freshness, 1ms};
  const auto deadline = std::chrono::steady_clock::now() + 10s;
  const auto state_becomes = [&](AccountState expected) {
    while (std::chrono::steady_clock::now() < deadline) {
      if (cache.find(carol).value()->state == expected) return true;
    }
    return false;
  };

  EXPECT_TRUE(state_becomes(AccountState::active));
  ASSERT_TRUE(theirs.users().set_state(id, AccountState::disabled, now));
  EXPECT_TRUE(state_becomes(AccountState::disabled));
}

TEST_F(ChangeWatchTest, CallsEachTopicAtTheStart) {
  const ChangeWatch watch{ours.database(), counted, freshness, 1ms};
  EXPECT_TRUE(reaches(of_users, 1));
  EXPECT_TRUE(reaches(of_keys, 1));
}

TEST_F(ChangeWatchTest, CallsTheTopicThatChangedAndNoOther) {
  const ChangeWatch watch{ours.database(), counted, freshness, 1ms};
  ASSERT_TRUE(reaches(of_keys, 1));
  ASSERT_TRUE(their_keys.add(key("a")).value());
  ASSERT_TRUE(reaches(of_keys, 2));
  ASSERT_TRUE(their_keys.retire(key("a").id, now));
  ASSERT_TRUE(reaches(of_keys, 3));
  EXPECT_EQ(of_users, 1) << "a change of keys forgets no user";

  ASSERT_TRUE(theirs.users().add(user("carol"), now));
  ASSERT_TRUE(reaches(of_users, 2));
  ASSERT_TRUE(theirs.users().add(user("dave"), now));
  ASSERT_TRUE(reaches(of_users, 3));
  EXPECT_EQ(of_keys, 3) << "a change of a user reads no key";
}

TEST_F(ChangeWatchTest, CallsATopicEachTimeWhileItCannotBeRead) {
  auto unmigrated = sql::Database::open(sql::DatabaseUrl::parse("sqlite::memory:").value()).value();
  const ChangeWatch watch{unmigrated, counted, freshness, 1ms};
  EXPECT_TRUE(reaches(of_users, 10));
  EXPECT_TRUE(reaches(of_keys, 9));
}

TEST_F(ChangeWatchTest, CallsATopicAgainUntilItHasTakenTheChangeIn) {
  const ChangeWatch watch{ours.database(),
                          {{"keys", [this] { return ++of_keys >= 5; }}, {"users", [this] { return ++of_users > 0; }}},
                          freshness,
                          1ms};
  ASSERT_TRUE(reaches(of_keys, 5));
  ASSERT_TRUE(theirs.users().add(user("carol"), now));
  ASSERT_TRUE(reaches(of_users, 2));
  EXPECT_EQ(of_keys, 5) << "not again once it has";
}

TEST_F(ChangeWatchTest, CallsATopicThatTheDatabaseDoesNotCountEachTime) {
  std::atomic<int> of_unknown = 0;
  const ChangeWatch watch{
      ours.database(),
      {{"users", [this] { return ++of_users > 0; }}, {"no such topic", [&] { return ++of_unknown > 0; }}},
      freshness,
      1ms};
  EXPECT_TRUE(reaches(of_unknown, 10));
  EXPECT_EQ(of_users, 1);
}

TEST_F(ChangeWatchTest, KeepsWhatIsRememberedFreshWhileItCanRead) {
  freshness.end_now();
  const ChangeWatch watch{ours.database(), counted, freshness, 1ms};
  EXPECT_TRUE(becomes(freshness, true));
}

TEST_F(ChangeWatchTest, LetsItGrowOldWhileATopicTakesTooLong) {
  freshness.end_now();
  std::atomic<int> of_slow = 0;
  bool grew_old = false;
  const auto slow = [&] {
    if (++of_slow == 2) grew_old = becomes(freshness, false);
    return true;
  };
  {
    const ChangeWatch watch{ours.database(), {{"keys", slow}}, freshness, 1ms, 20ms};
    ASSERT_TRUE(becomes(freshness, true));
    ASSERT_TRUE(their_keys.add(key("a")).value());
    ASSERT_TRUE(reaches(of_slow, 2));
    EXPECT_TRUE(becomes(freshness, true)) << "once it has read the change";
  }
  EXPECT_TRUE(grew_old);
}

TEST_F(ChangeWatchTest, RenewsNothingWhileAChangeCannotBeTakenInUnlessThatMayLag) {
  for (const bool may_lag : {true, false}) {
    std::atomic<int> of_stubborn = 0;
    const ChangeWatch::Topic stubborn{"keys", [&] { return ++of_stubborn < 0; }, false, may_lag};
    freshness.end_now();
    const ChangeWatch watch{ours.database(), {counted[0], stubborn}, freshness, 1ms, 1h};
    ASSERT_TRUE(reaches(of_stubborn, 3)) << "two looks are over";
    EXPECT_EQ(freshness.lasts(), may_lag);
  }
}

TEST_F(ChangeWatchTest, RenewsNothingAndAsksNothingElseWhileTheDatabaseCannotBeRead) {
  auto unmigrated = sql::Database::open(sql::DatabaseUrl::parse("sqlite::memory:").value()).value();
  freshness.end_now();
  std::atomic<int> of_asking = 0;
  const ChangeWatch::Topic asking{"roles", [&] { return ++of_asking > 0; }, true};
  const ChangeWatch watch{unmigrated, {counted[0], asking}, freshness, 1ms, 1h};
  ASSERT_TRUE(reaches(of_users, 3)) << "two looks are over";
  EXPECT_FALSE(freshness.lasts());
  EXPECT_EQ(of_asking, 0);
}

}  // namespace
}  // namespace cardea::service
