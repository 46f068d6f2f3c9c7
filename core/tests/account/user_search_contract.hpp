// How every UserStore searches, sentence by sentence of cardea/core/account/user_query.hpp. `Stores` as for
// UserStoreContract.
#pragma once

#include <algorithm>
#include <ranges>

#include "account/user_store_contract.hpp"

namespace cardea {

inline AccountPrefix prefix(std::string_view text) { return AccountPrefix::parse(text).value(); }

using UserNames = std::vector<std::string>;

template <class Stores>
class UserSearchContract : public testing::Test {
 protected:
  // bob and dora are younger than their ids.
  UserSearchContract() {
    add("alice", "admin", "alice@example.com", noon);
    add("bob", "user", "robert@example.com", noon + std::chrono::seconds{3});
    add("alan", "user", std::nullopt, noon + std::chrono::seconds{1});
    add("dora", "auditor", "Alma@example.com", noon + std::chrono::seconds{2});
    add("carol", "user", "carol@example.com", noon + std::chrono::seconds{1});
  }

  UserStore& store() { return stores_.store(); }
  void add(std::string_view username, std::string_view role_name, std::optional<std::string_view> address,
           Instant created) {
    NewUser user{name(username), role(role_name), PasswordHash{"h"}};
    if (address) user.email = email(*address);
    store().add(user, created).value();
  }
  UserId id_of(std::string_view username) { return store().find(name(username)).value()->id; }

  UserNames names_of(const UserRecordPage& page) {
    UserNames names;
    for (const auto& record : page.users) names.emplace_back(record.user.username.text());
    return names;
  }
  UserNames found(const UserQuery& query) { return names_of(store().search(query, later).value()); }
  // All, by pages of that size.
  UserNames paged(UserQuery query, std::size_t limit) {
    query.limit = limit;
    UserNames all;
    do {
      const auto page = store().search(query, later).value();
      EXPECT_LE(page.users.size(), limit);
      std::ranges::copy(names_of(page), std::back_inserter(all));
      query.after = page.next;
    } while (query.after);
    return all;
  }

  const Instant noon = at("2026-01-01T12:00:00Z");
  const Instant later = at("2026-01-01T13:00:00Z");

 private:
  Stores stores_;
};

TYPED_TEST_SUITE_P(UserSearchContract);

TYPED_TEST_P(UserSearchContract, SortsByIdNameOrCreationBothWays) {
  EXPECT_EQ(this->found({}), (UserNames{"alice", "bob", "alan", "dora", "carol"}));
  EXPECT_EQ(this->found({.descending = true}), (UserNames{"carol", "dora", "alan", "bob", "alice"}));
  EXPECT_EQ(this->found({.order = UserOrder::username}), (UserNames{"alan", "alice", "bob", "carol", "dora"}));
  EXPECT_EQ(this->found({.order = UserOrder::username, .descending = true}),
            (UserNames{"dora", "carol", "bob", "alice", "alan"}));
  EXPECT_EQ(this->found({.order = UserOrder::created_at}), (UserNames{"alice", "alan", "carol", "dora", "bob"}));
  EXPECT_EQ(this->found({.order = UserOrder::created_at, .descending = true}),
            (UserNames{"bob", "dora", "carol", "alan", "alice"}));
}

TYPED_TEST_P(UserSearchContract, ComparesNamesByteByByte) {
  for (const auto* username : {"a-b", "a.b", "a_b", "ab", "a+b", "a0", "0a"}) this->add(username, "x", {}, this->noon);
  EXPECT_EQ(this->found({.role = role("x"), .order = UserOrder::username}),
            (UserNames{"0a", "a+b", "a-b", "a.b", "a0", "a_b", "ab"}));
  EXPECT_EQ(this->found({.text = prefix("a."), .order = UserOrder::username}), UserNames{"a.b"});
  EXPECT_EQ(this->found({.text = prefix("a_")}), UserNames{"a_b"}) << "no wildcard";
  EXPECT_EQ(this->found({.text = prefix("%")}), UserNames{}) << "no wildcard";
}

TYPED_TEST_P(UserSearchContract, FindsTheBeginningsOfNamesAndOfAddresses) {
  EXPECT_EQ(this->found({.text = prefix("al")}), (UserNames{"alice", "alan", "dora"})) << "dora by her address";
  EXPECT_EQ(this->found({.text = prefix("AL"), .order = UserOrder::username}), (UserNames{"alan", "alice", "dora"}));
  EXPECT_EQ(this->found({.text = prefix("alice@example.com")}), UserNames{"alice"});
  EXPECT_EQ(this->found({.text = prefix("rob")}), UserNames{"bob"});
  EXPECT_EQ(this->found({.text = prefix("ob")}), UserNames{}) << "the beginning";
  EXPECT_EQ(this->found({.text = prefix("alicee")}), UserNames{});
}

TYPED_TEST_P(UserSearchContract, FindsARoleThatIsTheFirstOrAnyOther) {
  this->store().set_roles(this->id_of("bob"), role("user"), RoleList{{role("auditor")}}, this->later).value();
  this->store().set_roles(this->id_of("carol"), role("user"), RoleList{{role("auditors")}}, this->later).value();
  EXPECT_EQ(this->found({.role = role("auditor")}), (UserNames{"bob", "dora"}));
  EXPECT_EQ(this->found({.role = role("auditor"), .text = prefix("bo")}), (UserNames{"bob"}));
  EXPECT_EQ(this->found({.role = role("nobody")}), UserNames{});
}

TYPED_TEST_P(UserSearchContract, FindsTheStateThatCountsAtTheTime) {
  this->store().set_state(this->id_of("alice"), AccountState::disabled, this->noon).value();
  this->store().disable_until(this->id_of("bob"), this->later, this->noon).value();
  this->store().disable_until(this->id_of("dora"), this->later + std::chrono::seconds{1}, this->noon).value();
  this->store().set_state(this->id_of("carol"), AccountState::deleted, this->noon).value();
  EXPECT_EQ(this->found({.state = AccountState::active}), (UserNames{"bob", "alan"}));
  EXPECT_EQ(this->found({.state = AccountState::disabled}), (UserNames{"alice", "dora"}));
  EXPECT_EQ(this->found({.state = AccountState::deleted}), (UserNames{"carol"}));
  EXPECT_EQ(this->found({.state = AccountState::disabled, .role = role("admin"), .text = prefix("al")}),
            UserNames{"alice"});
  EXPECT_EQ(this->found({.text = prefix("carol@")}), UserNames{}) << "nothing personal is left of a deleted account";
}

TYPED_TEST_P(UserSearchContract, GivesWholeRecords) {
  const auto id = this->id_of("alice");
  const auto page = this->store().search({.text = prefix("alice")}, this->later).value();
  ASSERT_EQ(page.users.size(), 1U);
  EXPECT_EQ(page.users.front(), this->store().find_record(id).value().value());
  EXPECT_EQ(page.next, std::nullopt);
}

TYPED_TEST_P(UserSearchContract, GivesEveryAccountOnceInPagesOfAnySize) {
  for (int i = 0; i < 7; ++i) this->add("al" + std::to_string(i), "user", "alf@example.com", this->noon);
  for (const auto order : {UserOrder::id, UserOrder::username, UserOrder::created_at}) {
    for (const bool descending : {false, true}) {
      for (const bool is_searched : {false, true}) {
        UserQuery query{.order = order, .descending = descending};
        if (is_searched) query.text = prefix("al");
        const auto all = this->found(query);
        EXPECT_EQ(all.size(), is_searched ? 10U : 12U);
        for (const std::size_t limit : {1U, 2U, 5U, 10U, 200U}) EXPECT_EQ(this->paged(query, limit), all) << limit;
      }
    }
  }
}

TYPED_TEST_P(UserSearchContract, BeginsBehindAnAccountThatNoLongerMatches) {
  UserQuery query{.state = AccountState::active, .limit = 2};
  query.after = this->store().search(query, this->later).value().next;
  this->store().set_state(this->id_of("bob"), AccountState::deleted, this->later).value();
  EXPECT_EQ(this->found(query), (UserNames{"alan", "dora"}));
}

TYPED_TEST_P(UserSearchContract, KeepsEachLimitWithinItsBounds) {
  for (int i = 0; i < 200; ++i) this->add("u" + std::to_string(i), "user", {}, this->noon);
  EXPECT_EQ(this->found({.limit = 1000}).size(), UserQuery::kMost);
  EXPECT_EQ(this->found({.limit = 0}).size(), 1U);
}

REGISTER_TYPED_TEST_SUITE_P(UserSearchContract, SortsByIdNameOrCreationBothWays, ComparesNamesByteByByte,
                            FindsTheBeginningsOfNamesAndOfAddresses, FindsARoleThatIsTheFirstOrAnyOther,
                            FindsTheStateThatCountsAtTheTime, GivesWholeRecords, GivesEveryAccountOnceInPagesOfAnySize,
                            BeginsBehindAnAccountThatNoLongerMatches, KeepsEachLimitWithinItsBounds);

}  // namespace cardea
