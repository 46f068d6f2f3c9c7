// What every UserStore does, sentence by sentence of cardea/core/account/user_store.hpp.
//
// A store's test defines a type with a `UserStore& store()` over an empty store of its own, and writes
//   INSTANTIATE_TYPED_TEST_SUITE_P(Memory, UserStoreContract, MemoryStores);
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cardea/core/account/user_store.hpp>
#include <latch>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace cardea {

inline Username name(std::string_view text) { return Username::parse(text).value(); }
inline Role role(std::string_view text) { return Role::parse(text).value(); }
inline EmailAddress email(std::string_view text) { return EmailAddress::parse(text).value(); }
inline Instant at(std::string_view text) { return parse_instant(text).value(); }

// Runs `work(0)` to `work(count - 1)` at the same time.
template <class Work>
void at_the_same_time(int count, Work work) {
  std::latch start{count};
  std::vector<std::jthread> threads;
  for (int i = 0; i < count; ++i) {
    threads.emplace_back([&start, &work, i] {
      start.arrive_and_wait();
      work(i);
    });
  }
}

template <class Stores>
class UserStoreContract : public testing::Test {
 protected:
  UserStore& store() { return stores_.store(); }

  static NewUser new_user(std::string_view username) {
    return {name(username), role("user"), PasswordHash{"hash of " + std::string(username)}};
  }
  User added(std::string_view username) { return store().add(new_user(username), noon).value(); }
  std::string hash_of(std::string_view username) {
    return std::string(store().find_credentials(name(username)).value().value().password_hash.expose());
  }
  std::vector<std::string> names_after(std::optional<UserId> after, std::size_t limit) {
    const auto page = store().list(after, limit).value();
    std::vector<std::string> names;
    for (const auto& user : page.users) names.emplace_back(user.username.text());
    return names;
  }

  const Instant noon = at("2026-01-01T12:00:00Z");
  const Instant later = at("2026-01-01T13:00:00Z");

 private:
  Stores stores_;
};

TYPED_TEST_SUITE_P(UserStoreContract);

TYPED_TEST_P(UserStoreContract, GivesTheFirstUserIdOneAndThenAscends) {
  EXPECT_EQ(this->added("alice").id, UserId{1});
  EXPECT_GT(this->added("bob").id, UserId{1});
  EXPECT_GT(this->added("carol").id, this->store().find(name("bob")).value()->id);
}

TYPED_TEST_P(UserStoreContract, FindsAnAddedUserByNameAndById) {
  const auto returned = this->store().add({name("alice"), role("admin"), PasswordHash{"h"}}, this->noon).value();
  for (const auto& user :
       {returned, this->store().find(name("alice")).value().value(), this->store().find(returned.id).value().value()}) {
    EXPECT_EQ(user.id, returned.id);
    EXPECT_EQ(user.username, name("alice"));
    EXPECT_EQ(user.role, role("admin"));
    EXPECT_EQ(user.state, AccountState::active);
    EXPECT_EQ(user.created_at, this->noon);
  }
}

TYPED_TEST_P(UserStoreContract, AnswersNothingForAnUnknownNameOrId) {
  this->added("alice");
  EXPECT_EQ(this->store().find(name("nobody")).value(), std::nullopt);
  EXPECT_EQ(this->store().find_credentials(name("nobody")).value().has_value(), false);
  for (const std::int64_t id : {std::int64_t{-1}, std::int64_t{0}, std::int64_t{2}, INT64_MAX, INT64_MIN}) {
    EXPECT_EQ(this->store().find(UserId{id}).value(), std::nullopt) << id;
  }
}

TYPED_TEST_P(UserStoreContract, KnowsWithoutWaitingWhatItFindsOrNothing) {
  const auto expect_agreement = [&] {
    const auto known = this->store().find_without_waiting(name("alice"));
    const auto found = this->store().find(name("alice")).value();
    if (known) {
      EXPECT_EQ(known, found);
    }
    if (const auto known_now = this->store().find_without_waiting(name("alice"))) {
      EXPECT_EQ(known_now, found);
    }
  };
  expect_agreement();
  const auto id = this->added("alice").id;
  expect_agreement();
  this->store().set_role(id, role("admin"), this->later).value();
  expect_agreement();
  this->store().set_state(id, AccountState::disabled, this->later).value();
  expect_agreement();
  this->store().set_state(id, AccountState::deleted, this->later).value();
  expect_agreement();
}

TYPED_TEST_P(UserStoreContract, FindsTheHashOnlyWithTheCredentials) {
  this->added("alice");
  const auto found = this->store().find_credentials(name("alice")).value().value();
  EXPECT_EQ(found.user.username, name("alice"));
  EXPECT_EQ(found.password_hash, PasswordHash{"hash of alice"});
}

TYPED_TEST_P(UserStoreContract, KeepsATimeToTheMicrosecond) {
  const auto time = at("2026-01-01T12:00:00.123457Z");
  this->store().add(this->new_user("alice"), time).value();
  EXPECT_EQ(this->store().find(name("alice")).value()->created_at, time);
}

TYPED_TEST_P(UserStoreContract, KeepsEveryValidText) {
  const std::string longest_name = "a" + std::string(63, '@');
  const std::string longest_role = "r" + std::string(63, ':');
  const PasswordHash odd_hash{"$x$'\"%:name;--\\ \xC3\xA9" + std::string(400, '/')};
  this->store().add({name(longest_name), role(longest_role), odd_hash}, this->noon).value();
  const auto found = this->store().find_credentials(name(longest_name)).value().value();
  EXPECT_EQ(found.user.username, name(longest_name));
  EXPECT_EQ(found.user.role, role(longest_role));
  EXPECT_EQ(found.password_hash, odd_hash);
}

TYPED_TEST_P(UserStoreContract, GivesANameOnce) {
  const auto first = this->added("alice");
  const auto second = this->store().add({name("alice"), role("admin"), PasswordHash{"other"}}, this->later);
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code(), ErrorCode::username_taken);
  EXPECT_EQ(this->store().find(name("alice")).value().value(), first);
  EXPECT_EQ(this->hash_of("alice"), "hash of alice");
  EXPECT_EQ(this->names_after(std::nullopt, 10), std::vector<std::string>{"alice"});
}

TYPED_TEST_P(UserStoreContract, NeverGivesADeletedName) {
  this->store().set_state(this->added("alice").id, AccountState::deleted, this->later).value();
  EXPECT_EQ(this->store().add(this->new_user("alice"), this->later).error().code(), ErrorCode::username_taken);
}

TYPED_TEST_P(UserStoreContract, FindsADeletedAccountAsDeleted) {
  const auto id = this->added("alice").id;
  EXPECT_EQ(this->store().set_state(id, AccountState::deleted, this->later).value().state, AccountState::deleted);
  EXPECT_EQ(this->store().find(name("alice")).value()->state, AccountState::deleted);
  EXPECT_EQ(this->store().find(id).value()->state, AccountState::deleted);
  EXPECT_EQ(this->store().find_credentials(name("alice")).value()->user.state, AccountState::deleted);
}

TYPED_TEST_P(UserStoreContract, ChangesNothingOfADeletedOrUnknownAccount) {
  const auto deleted = this->added("alice").id;
  this->store().set_state(deleted, AccountState::deleted, this->later).value();
  for (const auto id : {deleted, UserId{99}, UserId{0}, UserId{-1}}) {
    EXPECT_EQ(this->store().set_state(id, AccountState::active, this->later).error().code(),
              ErrorCode::account_not_found);
    EXPECT_EQ(this->store().disable_until(id, this->later, this->noon).error().code(), ErrorCode::account_not_found);
    EXPECT_EQ(this->store().set_email(id, email("a@b"), this->later).error().code(), ErrorCode::account_not_found);
    EXPECT_EQ(this->store().set_reset(id, "digest", this->later, this->noon).error().code(),
              ErrorCode::account_not_found);
    EXPECT_EQ(this->store().set_role(id, role("admin"), this->later).error().code(), ErrorCode::account_not_found);
    EXPECT_EQ(this->store().set_password_hash(id, PasswordHash{"new"}, this->later).error().code(),
              ErrorCode::account_not_found);
    EXPECT_FALSE(this->store()
                     .replace_password_hash(id, PasswordHash{"hash of alice"}, PasswordHash{"new"}, this->later)
                     .value());
  }
  EXPECT_EQ(this->store().find(deleted).value()->state, AccountState::deleted);
  EXPECT_EQ(this->store().find(deleted).value()->role, role("user"));
  EXPECT_EQ(this->hash_of("alice"), "");
}

TYPED_TEST_P(UserStoreContract, ChangesOneAccountAndLeavesTheOthers) {
  const auto alice = this->added("alice").id;
  const auto bob = this->added("bob");
  EXPECT_EQ(this->store().set_role(alice, role("admin"), this->later).value().role, role("admin"));
  EXPECT_EQ(this->store().set_state(alice, AccountState::disabled, this->later).value().state, AccountState::disabled);
  EXPECT_TRUE(this->store().set_password_hash(alice, PasswordHash{"new"}, this->later).has_value());

  const auto changed = this->store().find_credentials(name("alice")).value().value();
  EXPECT_EQ(changed.user.role, role("admin"));
  EXPECT_EQ(changed.user.state, AccountState::disabled);
  EXPECT_EQ(changed.user.created_at, this->noon);
  EXPECT_EQ(changed.password_hash, PasswordHash{"new"});
  EXPECT_EQ(this->store().find(name("bob")).value().value(), bob);
  EXPECT_EQ(this->hash_of("bob"), "hash of bob");
}

TYPED_TEST_P(UserStoreContract, KeepsSeveralRolesInTheirOrder) {
  const auto alice = this->added("alice").id;
  const auto bob = this->added("bob").id;
  const auto others = RoleList::parse("auditor a:b").value();
  const auto changed = this->store().set_roles(alice, role("editor"), others, this->later).value();
  EXPECT_EQ(changed.role, role("editor"));
  EXPECT_EQ(changed.other_roles, others);
  EXPECT_EQ(this->store().find(name("alice")).value(), changed);
  EXPECT_EQ(this->store().find_credentials(name("alice")).value()->user, changed);
  EXPECT_EQ(this->store().list(std::nullopt, 1).value().users.front(), changed);
  EXPECT_TRUE(this->store().find(bob).value()->other_roles.empty());
  EXPECT_TRUE(this->store().set_role(alice, role("user"), this->later).value().other_roles.empty());
}

TYPED_TEST_P(UserStoreContract, EnablesADisabledAccountAgain) {
  const auto id = this->added("alice").id;
  this->store().set_state(id, AccountState::disabled, this->later).value();
  EXPECT_EQ(this->store().set_state(id, AccountState::active, this->later).value().state, AccountState::active);
  EXPECT_EQ(this->store().find(name("alice")).value()->state, AccountState::active);
}

TYPED_TEST_P(UserStoreContract, KeepsWhenADisablingEndsUntilTheNextState) {
  const auto id = this->added("alice").id;
  const auto end = at("2026-02-01T12:00:00.000001Z");
  const auto disabled = this->store().disable_until(id, end, this->noon).value();
  EXPECT_EQ(disabled.state, AccountState::disabled);
  EXPECT_EQ(disabled.disabled_until, end);
  EXPECT_EQ(this->store().find(name("alice")).value().value(), disabled);
  EXPECT_EQ(this->store().find_credentials(name("alice")).value()->user, disabled);
  EXPECT_EQ(this->store().list(std::nullopt, 1).value().users.front(), disabled);
  for (const auto state : {AccountState::active, AccountState::disabled, AccountState::deleted}) {
    EXPECT_EQ(this->store().set_state(id, state, this->later).value().disabled_until, std::nullopt);
    if (state != AccountState::deleted) this->store().disable_until(id, end, this->noon).value();
  }
}

TYPED_TEST_P(UserStoreContract, KeepsAnEmailAddressThatSeveralAccountsMayHave) {
  const auto alice = this->added("alice"), bob = this->added("bob");
  EXPECT_EQ(this->store().find_record(alice.id).value()->email, std::nullopt);
  EXPECT_EQ(this->store().set_email(alice.id, email("a@example.com"), this->later).value().email,
            email("a@example.com"));
  EXPECT_EQ(this->store().find_record(alice.id).value()->email, email("a@example.com"));
  EXPECT_EQ(this->store().find_record(alice.id).value()->user, alice);
  EXPECT_TRUE(this->store().set_email(bob.id, email("a@example.com"), this->later).has_value());
  EXPECT_EQ(this->store().set_email(alice.id, std::nullopt, this->later).value().email, std::nullopt);
  EXPECT_EQ(this->store().find_record(bob.id).value()->email, email("a@example.com"));
  EXPECT_EQ(this->store().find_record(UserId{99}).value(), std::nullopt);
  const auto carol = this->store().add({name("carol"), role("user"), PasswordHash{"h"}, email("c@d")}, this->noon);
  EXPECT_EQ(this->store().find_record(carol.value().id).value()->email, email("c@d"));
}

TYPED_TEST_P(UserStoreContract, RaisesTheVersionWithEachChangeThatShows) {
  auto& store = this->store();
  const auto id = this->added("alice").id;
  auto last = store.find_record(id).value()->version;
  const auto rises = [&] {
    return store.find_record(id).value()->version > std::exchange(last, store.find_record(id).value()->version);
  };
  EXPECT_FALSE(rises());
  store.set_role(id, role("admin"), this->later).value();
  EXPECT_TRUE(rises());
  store.set_email(id, email("a@b"), this->later).value();
  EXPECT_TRUE(rises());
  store.disable_until(id, this->later, this->noon).value();
  EXPECT_TRUE(rises());
  store.set_state(id, AccountState::active, this->later).value();
  EXPECT_TRUE(rises());
  EXPECT_TRUE(store.set_password_hash(id, PasswordHash{"new"}, this->later).has_value());
  EXPECT_TRUE(rises());
  store.replace_password_hash(id, PasswordHash{"new"}, PasswordHash{"renewed"}, this->later).value();
  EXPECT_FALSE(rises()) << "the same password";
  store.set_state(id, AccountState::deleted, this->later).value();
  EXPECT_TRUE(rises());
  store.restore(id, this->later).value();
  EXPECT_TRUE(rises());
}

TYPED_TEST_P(UserStoreContract, ErasesWhatIsPersonalOfADeletedAccount) {
  const auto id = this->added("alice").id;
  this->store().set_email(id, email("a@example.com"), this->later).value();
  EXPECT_TRUE(this->store().set_reset(id, "digest", this->later, this->noon).has_value());
  this->store().set_state(id, AccountState::deleted, this->noon).value();
  EXPECT_EQ(this->hash_of("alice"), "");
  EXPECT_EQ(this->store().find_record(id).value()->email, std::nullopt);
  EXPECT_EQ(this->store().find_by_reset("digest", this->noon).value(), std::nullopt);
}

TYPED_TEST_P(UserStoreContract, RestoresADeletedAccountWithoutWhatWasErased) {
  const auto alice = this->added("alice");
  EXPECT_EQ(this->store().restore(alice.id, this->later).error().code(), ErrorCode::conflict);
  EXPECT_EQ(this->store().restore(UserId{99}, this->later).error().code(), ErrorCode::account_not_found);
  this->store().set_state(alice.id, AccountState::deleted, this->later).value();
  EXPECT_EQ(this->store().restore(alice.id, this->later).value(), alice);
  EXPECT_EQ(this->store().find(name("alice")).value().value(), alice);
  EXPECT_EQ(this->hash_of("alice"), "");
  EXPECT_TRUE(this->store().set_password_hash(alice.id, PasswordHash{"new"}, this->later).has_value());
}

TYPED_TEST_P(UserStoreContract, TakesAResetOnceAndInTime) {
  auto& store = this->store();
  const auto alice = this->added("alice");
  const PasswordHash hash{"new"};
  EXPECT_TRUE(store.set_reset(alice.id, "first", this->later, this->noon).has_value());
  EXPECT_TRUE(store.set_reset(alice.id, "second", this->later, this->noon).has_value());
  EXPECT_EQ(store.use_reset("first", hash, this->noon).value(), std::nullopt) << "another took its place";
  EXPECT_EQ(store.find_by_reset("second", this->later).value(), std::nullopt) << "the very moment of its end";
  EXPECT_EQ(store.use_reset("second", hash, this->later).value(), std::nullopt);
  EXPECT_EQ(this->hash_of("alice"), "hash of alice");
  EXPECT_EQ(store.find_by_reset("second", this->noon).value(), alice);
  EXPECT_EQ(store.use_reset("second", hash, this->noon).value(), alice);
  EXPECT_EQ(this->hash_of("alice"), "new");
  EXPECT_EQ(store.use_reset("second", PasswordHash{"again"}, this->noon).value(), std::nullopt);
  EXPECT_EQ(this->hash_of("alice"), "new");
}

TYPED_TEST_P(UserStoreContract, EndsAResetWithANewPassword) {
  const auto id = this->added("alice").id;
  EXPECT_TRUE(this->store().set_reset(id, "digest", this->later, this->noon).has_value());
  EXPECT_TRUE(this->store().set_password_hash(id, PasswordHash{"new"}, this->noon).has_value());
  EXPECT_EQ(this->store().find_by_reset("digest", this->noon).value(), std::nullopt);
}

TYPED_TEST_P(UserStoreContract, TakesAResetForOneOfManyWhoTryAtOnce) {
  const auto id = this->added("alice").id;
  EXPECT_TRUE(this->store().set_reset(id, "digest", this->later, this->noon).has_value());
  std::atomic<int> won = 0;
  at_the_same_time(8, [&](int thread) {
    if (this->store().use_reset("digest", PasswordHash{std::to_string(thread)}, this->noon).value()) ++won;
  });
  EXPECT_EQ(won, 1);
}

TYPED_TEST_P(UserStoreContract, ReplacesAHashOnlyWhileItIsTheExpectedOne) {
  const auto id = this->added("alice").id;
  const auto replace = [&](std::string expected, std::string replacement) {
    return this->store()
        .replace_password_hash(id, PasswordHash{std::move(expected)}, PasswordHash{std::move(replacement)}, this->later)
        .value();
  };
  EXPECT_TRUE(replace("hash of alice", "second"));
  EXPECT_EQ(this->hash_of("alice"), "second");
  EXPECT_FALSE(replace("hash of alice", "third"));
  EXPECT_EQ(this->hash_of("alice"), "second");
}

TYPED_TEST_P(UserStoreContract, ListsByAscendingIdWithDeletedOnesIncluded) {
  for (const auto* username : {"carol", "alice", "bob"}) this->added(username);
  this->store().set_state(UserId{2}, AccountState::deleted, this->later).value();
  const auto page = this->store().list(std::nullopt, 10).value();
  ASSERT_EQ(page.users.size(), 3U);
  EXPECT_EQ(page.users[0].username, name("carol"));
  EXPECT_EQ(page.users[1].username, name("alice"));
  EXPECT_EQ(page.users[1].state, AccountState::deleted);
  EXPECT_EQ(page.users[2].username, name("bob"));
  EXPECT_EQ(page.next, std::nullopt);
}

TYPED_TEST_P(UserStoreContract, ListsAnEmptyStoreAsOneEmptyPage) {
  const auto page = this->store().list(std::nullopt, 1).value();
  EXPECT_TRUE(page.users.empty());
  EXPECT_EQ(page.next, std::nullopt);
}

TYPED_TEST_P(UserStoreContract, NamesTheNextPageUntilTheLast) {
  for (const auto* username : {"a", "b", "c", "d"}) this->added(username);
  const auto first = this->store().list(std::nullopt, 2).value();
  ASSERT_TRUE(first.next.has_value());
  EXPECT_EQ(first.users.back().username, name("b"));
  const auto second = this->store().list(first.next, 2).value();
  EXPECT_EQ(second.users.front().username, name("c"));
  EXPECT_EQ(second.next, std::nullopt) << "the last page was full, and still the last";
  EXPECT_TRUE(this->names_after(UserId{4}, 2).empty());
  EXPECT_TRUE(this->names_after(UserId{INT64_MAX}, 2).empty());
  EXPECT_EQ(this->names_after(std::nullopt, SIZE_MAX).size(), 4U);
}

TYPED_TEST_P(UserStoreContract, ListsEachAccountOnceWhileOthersAreAdded) {
  for (int i = 0; i < 20; ++i) this->added("before" + std::to_string(i));
  std::vector<std::string> seen;
  std::optional<UserId> after;
  for (int added = 0;; ++added) {
    const auto page = this->store().list(after, 3).value();
    for (const auto& user : page.users) seen.emplace_back(user.username.text());
    if (!page.next) break;
    after = page.next;
    if (added < 5) this->added("during" + std::to_string(added));
  }
  EXPECT_EQ(seen.size(), 25U);
  EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()).size(), 25U);
}

TYPED_TEST_P(UserStoreContract, GivesANameToOneOfManyWhoAskAtOnce) {
  std::atomic<int> won = 0, taken = 0;
  at_the_same_time(8, [&](int) {
    const auto user = this->store().add(this->new_user("alice"), this->noon);
    if (user) {
      ++won;
    } else if (user.error().code() == ErrorCode::username_taken) {
      ++taken;
    }
  });
  EXPECT_EQ(won, 1);
  EXPECT_EQ(taken, 7);
  EXPECT_EQ(this->names_after(std::nullopt, 10).size(), 1U);
}

TYPED_TEST_P(UserStoreContract, AddsAllOfManyAtOnceWithIdsOfTheirOwn) {
  at_the_same_time(8, [&](int thread) {
    for (int i = 0; i < 5; ++i) this->added("u" + std::to_string(thread) + "-" + std::to_string(i));
  });
  std::set<std::int64_t> ids;
  const auto page = this->store().list(std::nullopt, 100).value();
  for (const auto& user : page.users) ids.insert(user.id.value);
  EXPECT_EQ(ids.size(), 40U);
}

TYPED_TEST_P(UserStoreContract, ReplacesAHashForOneOfManyWhoTryAtOnce) {
  const auto id = this->added("alice").id;
  std::atomic<int> won = 0;
  at_the_same_time(8, [&](int thread) {
    const PasswordHash mine{"from " + std::to_string(thread)};
    if (this->store().replace_password_hash(id, PasswordHash{"hash of alice"}, mine, this->later).value()) ++won;
  });
  EXPECT_EQ(won, 1);
  EXPECT_TRUE(this->hash_of("alice").starts_with("from "));
}

TYPED_TEST_P(UserStoreContract, ShowsAChangeToEveryThreadOnceItsCallHasReturned) {
  const auto id = this->added("alice").id;
  for (int round = 0; round < 20; ++round) {
    const auto state = round % 2 == 0 ? AccountState::disabled : AccountState::active;
    this->store().set_state(id, state, this->later).value();
    at_the_same_time(4, [&](int) { EXPECT_EQ(this->store().find(name("alice")).value()->state, state); });
  }
}

TYPED_TEST_P(UserStoreContract, IsReady) { EXPECT_TRUE(this->store().check().has_value()); }

REGISTER_TYPED_TEST_SUITE_P(
    UserStoreContract, KeepsSeveralRolesInTheirOrder, GivesTheFirstUserIdOneAndThenAscends,
    FindsAnAddedUserByNameAndById, AnswersNothingForAnUnknownNameOrId, KnowsWithoutWaitingWhatItFindsOrNothing,
    FindsTheHashOnlyWithTheCredentials, KeepsATimeToTheMicrosecond, KeepsEveryValidText, GivesANameOnce,
    NeverGivesADeletedName, FindsADeletedAccountAsDeleted, ChangesNothingOfADeletedOrUnknownAccount,
    ChangesOneAccountAndLeavesTheOthers, EnablesADisabledAccountAgain, KeepsWhenADisablingEndsUntilTheNextState,
    KeepsAnEmailAddressThatSeveralAccountsMayHave, RaisesTheVersionWithEachChangeThatShows,
    ErasesWhatIsPersonalOfADeletedAccount, RestoresADeletedAccountWithoutWhatWasErased, TakesAResetOnceAndInTime,
    EndsAResetWithANewPassword, TakesAResetForOneOfManyWhoTryAtOnce, ReplacesAHashOnlyWhileItIsTheExpectedOne,
    ListsByAscendingIdWithDeletedOnesIncluded, ListsAnEmptyStoreAsOneEmptyPage, NamesTheNextPageUntilTheLast,
    ListsEachAccountOnceWhileOthersAreAdded, GivesANameToOneOfManyWhoAskAtOnce, AddsAllOfManyAtOnceWithIdsOfTheirOwn,
    ReplacesAHashForOneOfManyWhoTryAtOnce, ShowsAChangeToEveryThreadOnceItsCallHasReturned, IsReady);

}  // namespace cardea
