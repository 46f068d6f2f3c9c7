// What every SessionStore does, sentence by sentence of cardea/core/session/session_store.hpp.
//
// A store's test defines a type with a `SessionStore& store()` over an empty store of its own in which the users 1 and
// 2 may have sessions, and writes
//   INSTANTIATE_TYPED_TEST_SUITE_P(Memory, SessionStoreContract, MemorySessionStores);
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <cardea/core/session/session_store.hpp>
#include <latch>
#include <string>
#include <thread>
#include <vector>

namespace cardea {

template <class Stores>
class SessionStoreContract : public testing::Test {
 protected:
  static constexpr UserId alice{1};
  static constexpr UserId bob{2};

  SessionStore& store() { return stores_.store(); }

  // Its access token is valid for half an hour from when it is made.
  Session new_session(UserId user, Instant at) {
    return {.id = SessionId::random(),
            .user = user,
            .created_at = at,
            .last_used_at = at,
            .client = {.address = "192.0.2.7", .user_agent = "Firefox \"☂\""},
            .access_ends_at = at + std::chrono::minutes{30},
            .refresh = RefreshFamily::start().family,
            .ended_at = std::nullopt,
            .end = std::nullopt};
  }
  Session added(UserId user, Instant at) {
    auto session = new_session(user, at);
    EXPECT_TRUE(store().add(session));
    return session;
  }
  static RefreshFamily next_of(const RefreshFamily& family, Instant at) {
    return {family.handle_digest(),
            "digest " + std::to_string(family.generation() + 1),
            family.generation() + 1,
            {{.at = at, .generation = family.generation(), .salt = std::string("\0salt\xFF", 6)}}};
  }
  SessionRefresh refresh_of(const Session& session, Instant at) const {
    return {.family = next_of(session.refresh, at),
            .at = at,
            .client = {.address = "2001:db8::7", .user_agent = ""},
            .access_ends_at = at + std::chrono::minutes{30}};
  }
  std::vector<SessionId> living(UserId user) {
    std::vector<SessionId> ids;
    const auto sessions = store().list(user).value();
    for (const auto& session : sessions) ids.push_back(session.id);
    return ids;
  }
  std::vector<SessionId> ended_after(std::uint64_t after, Instant now) {
    std::vector<SessionId> ids;
    const auto ends = store().ends_after(after, now).value();
    for (const auto& session : ends.sessions) ids.push_back(session.id);
    return ids;
  }

  const Instant noon = parse_instant("2026-01-01T12:00:00.000001Z").value();
  const Instant later = noon + std::chrono::minutes{5};
  const SessionEnding logout{.reason = SessionEnd::logout, .at = later};

 private:
  Stores stores_;
};

TYPED_TEST_SUITE_P(SessionStoreContract);

TYPED_TEST_P(SessionStoreContract, FindsWhatWasAddedByIdAndByHandle) {
  const auto session = this->added(this->alice, this->noon);
  this->added(this->bob, this->noon);
  EXPECT_EQ(this->store().find(session.id).value(), session);
  EXPECT_EQ(this->store().find_by_handle(session.refresh.handle_digest()).value(), session);
}

TYPED_TEST_P(SessionStoreContract, FindsNothingForAnotherIdOrHandle) {
  this->added(this->alice, this->noon);
  EXPECT_FALSE(this->store().find(SessionId::random()).value());
  EXPECT_FALSE(this->store().find_by_handle("another").value());
}

TYPED_TEST_P(SessionStoreContract, RefusesAnIdOrAHandleTwice) {
  const auto session = this->added(this->alice, this->noon);
  auto other = this->new_session(this->bob, this->noon);
  other.id = session.id;
  EXPECT_EQ(this->store().add(other).error().code(), ErrorCode::conflict);
  other = this->new_session(this->bob, this->noon);
  other.refresh = session.refresh;
  EXPECT_EQ(this->store().add(other).error().code(), ErrorCode::conflict);
  EXPECT_EQ(this->store().find(session.id).value(), session);
}

TYPED_TEST_P(SessionStoreContract, RefreshesWhatARefreshChangesAndNothingElse) {
  auto session = this->added(this->alice, this->noon);
  const auto other = this->added(this->alice, this->noon);
  const auto change = this->refresh_of(session, this->later);
  EXPECT_TRUE(this->store().refresh(session.id, change).value());
  session.refresh = change.family;
  session.last_used_at = this->later;
  session.client = change.client;
  session.access_ends_at = change.access_ends_at;
  EXPECT_EQ(this->store().find(session.id).value(), session);
  EXPECT_EQ(this->store().find(other.id).value(), other);
}

TYPED_TEST_P(SessionStoreContract, RefreshesFromOneGenerationOnlyOnce) {
  const auto session = this->added(this->alice, this->noon);
  const auto change = this->refresh_of(session, this->later);
  EXPECT_TRUE(this->store().refresh(session.id, change).value());
  EXPECT_FALSE(this->store().refresh(session.id, change).value());
  EXPECT_FALSE(this->store().refresh(SessionId::random(), change).value());
}

TYPED_TEST_P(SessionStoreContract, OfManyRefreshesAtOnceOneSucceeds) {
  const auto session = this->added(this->alice, this->noon);
  constexpr int kThreads = 8;
  std::latch start{kThreads};
  std::atomic<int> succeeded = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < kThreads; ++i) {
      threads.emplace_back([&] {
        start.arrive_and_wait();
        if (this->store().refresh(session.id, this->refresh_of(session, this->later)).value()) ++succeeded;
      });
    }
  }
  EXPECT_EQ(succeeded, 1);
}

TYPED_TEST_P(SessionStoreContract, DoesNotRefreshWhatHasEnded) {
  const auto session = this->added(this->alice, this->noon);
  ASSERT_TRUE(this->store().end(session.id, this->alice, this->logout).value());
  EXPECT_FALSE(this->store().refresh(session.id, this->refresh_of(session, this->later)).value());
}

TYPED_TEST_P(SessionStoreContract, ListsAUsersSessionsTheLastUsedFirst) {
  const auto first = this->added(this->alice, this->noon);
  const auto second = this->added(this->alice, this->noon + std::chrono::microseconds{1});
  this->added(this->bob, this->noon);
  EXPECT_EQ(this->living(this->alice), (std::vector{second.id, first.id}));
  ASSERT_TRUE(this->store().refresh(first.id, this->refresh_of(first, this->later)).value());
  EXPECT_EQ(this->living(this->alice), (std::vector{first.id, second.id}));
  EXPECT_EQ(this->living(UserId{3}), std::vector<SessionId>{});
}

TYPED_TEST_P(SessionStoreContract, EndsOneOnceAndSaysWhenItsLastTokenExpires) {
  auto session = this->added(this->alice, this->noon);
  const auto other = this->added(this->alice, this->noon);
  const auto ended = this->store().end(session.id, this->alice, this->logout).value();
  EXPECT_EQ(ended, (EndedSession{session.id, this->alice, session.access_ends_at}));
  EXPECT_FALSE(this->store().end(session.id, this->alice, this->logout).value());
  session.ended_at = this->later;
  session.end = SessionEnd::logout;
  EXPECT_EQ(this->store().find(session.id).value(), session);
  EXPECT_EQ(this->living(this->alice), std::vector{other.id});
}

TYPED_TEST_P(SessionStoreContract, DoesNotEndAnotherUsersSession) {
  const auto session = this->added(this->alice, this->noon);
  EXPECT_FALSE(this->store().end(session.id, this->bob, this->logout).value());
  EXPECT_FALSE(this->store().end(SessionId::random(), this->alice, this->logout).value());
  EXPECT_EQ(this->living(this->alice), std::vector{session.id});
}

TYPED_TEST_P(SessionStoreContract, EndsAllOfAUserOrAllButOne) {
  const auto first = this->added(this->alice, this->noon);
  const auto second = this->added(this->alice, this->noon);
  const auto others = this->added(this->bob, this->noon);
  const auto ended = this->store().end_all(this->alice, first.id, this->logout).value();
  ASSERT_EQ(ended.size(), 1U);
  EXPECT_EQ(ended.front().id, second.id);
  EXPECT_EQ(this->living(this->alice), std::vector{first.id});
  EXPECT_EQ(this->store().end_all(this->alice, std::nullopt, this->logout).value().size(), 1U);
  EXPECT_TRUE(this->store().end_all(this->alice, std::nullopt, this->logout).value().empty());
  EXPECT_EQ(this->living(this->bob), std::vector{others.id});
}

TYPED_TEST_P(SessionStoreContract, TellsTheEndsInTheirOrderToWhoFollowsThem) {
  EXPECT_TRUE(this->ended_after(0, this->later).empty());
  const auto first = this->added(this->alice, this->noon);
  const auto second = this->added(this->bob, this->noon);
  this->added(this->bob, this->noon);
  ASSERT_TRUE(this->store().end(second.id, this->bob, this->logout).value());
  const auto seen = this->store().ends_after(0, this->later).value().last;
  ASSERT_TRUE(this->store().end(first.id, this->alice, this->logout).value());
  EXPECT_EQ(this->ended_after(0, this->later), (std::vector{second.id, first.id}));
  EXPECT_EQ(this->ended_after(seen, this->later), std::vector{first.id});
  const auto last = this->store().ends_after(seen, this->later).value().last;
  EXPECT_TRUE(this->ended_after(last, this->later).empty());
}

TYPED_TEST_P(SessionStoreContract, TellsOnlyEndsThatAnAccessTokenOutlives) {
  const auto session = this->added(this->alice, this->noon);
  ASSERT_TRUE(this->store().end(session.id, this->alice, this->logout).value());
  EXPECT_EQ(this->ended_after(0, session.access_ends_at - std::chrono::microseconds{1}).size(), 1U);
  EXPECT_TRUE(this->ended_after(0, session.access_ends_at).empty());
}

TYPED_TEST_P(SessionStoreContract, ForgetsSessionsOfNoUseAndGoesOnCountingTheEnds) {
  const auto old = this->added(this->alice, this->noon);
  const auto ended = this->added(this->alice, this->later);
  const auto alive = this->added(this->bob, this->later);
  ASSERT_TRUE(this->store().end(ended.id, this->alice, this->logout).value());
  const auto seen = this->store().ends_after(0, this->later).value().last;
  const SessionStore::Outdated too_early{this->later, this->noon, ended.access_ends_at};
  EXPECT_EQ(this->store().prune(too_early, 10).value(), 1U);
  EXPECT_FALSE(this->store().find(old.id).value());
  const SessionStore::Outdated outdated{this->later, this->noon, ended.access_ends_at + std::chrono::seconds{1}};
  EXPECT_EQ(this->store().prune(outdated, 10).value(), 1U);
  EXPECT_FALSE(this->store().find(ended.id).value());
  EXPECT_TRUE(this->store().find(alive.id).value());
  ASSERT_TRUE(this->store().end(alive.id, this->bob, this->logout).value());
  EXPECT_EQ(this->ended_after(seen, this->later), std::vector{alive.id});
}

TYPED_TEST_P(SessionStoreContract, ForgetsNoMoreThanItIsTold) {
  for (int i = 0; i < 5; ++i) this->added(this->alice, this->noon);
  const SessionStore::Outdated outdated{this->later, this->later, this->noon + std::chrono::hours{1}};
  EXPECT_EQ(this->store().prune(outdated, 3).value(), 3U);
  EXPECT_EQ(this->store().prune(outdated, 3).value(), 2U);
}

REGISTER_TYPED_TEST_SUITE_P(SessionStoreContract, FindsWhatWasAddedByIdAndByHandle, FindsNothingForAnotherIdOrHandle,
                            RefusesAnIdOrAHandleTwice, RefreshesWhatARefreshChangesAndNothingElse,
                            RefreshesFromOneGenerationOnlyOnce, OfManyRefreshesAtOnceOneSucceeds,
                            DoesNotRefreshWhatHasEnded, ListsAUsersSessionsTheLastUsedFirst,
                            EndsOneOnceAndSaysWhenItsLastTokenExpires, DoesNotEndAnotherUsersSession,
                            EndsAllOfAUserOrAllButOne, TellsTheEndsInTheirOrderToWhoFollowsThem,
                            TellsOnlyEndsThatAnAccessTokenOutlives, ForgetsSessionsOfNoUseAndGoesOnCountingTheEnds,
                            ForgetsNoMoreThanItIsTold);

}  // namespace cardea
