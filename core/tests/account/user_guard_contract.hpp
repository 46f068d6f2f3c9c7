// What every UserStore asks of a change, sentence by sentence of cardea/core/account/user_change.hpp. `Stores` as for
// UserStoreContract.
#pragma once

#include <array>

#include "account/user_store_contract.hpp"

namespace cardea {

template <class Stores>
class UserGuardContract : public testing::Test {
 protected:
  UserStore& store() { return stores_.store(); }
  UserId added(std::string_view username, std::string_view role_name, std::string hash = "h") {
    return store().add({name(username), role(role_name), PasswordHash{std::move(hash)}}, noon).value().id;
  }
  Result<UserRecord> change(UserId id, const UserChange& change, const ChangeConditions& conditions) {
    return store().change(id, change, conditions, noon);
  }
  // While somebody has to remain who is an admin or an operator.
  Result<UserRecord> guarded(UserId id, const UserChange& what) {
    return change(id, what, {.guarded = [](std::span<const StoredRole>) {
                    return std::vector{role("admin"), role("operator")};
                  }});
  }
  void expect_stays(UserId id, const UserChange& what) {
    const auto before = store().find_record(id).value();
    const auto refusal = guarded(id, what);
    ASSERT_FALSE(refusal.has_value());
    EXPECT_EQ(refusal.error().code(), ErrorCode::last_administrator);
    EXPECT_EQ(store().find_record(id).value(), before);
  }

  const Instant noon = at("2026-01-01T12:00:00Z");
  const Instant later = at("2026-01-01T13:00:00Z");
  const UserChange disabled{.state = AccountState::disabled}, deleted{.state = AccountState::deleted};
  const UserChange demoted{.roles = UserRoles{role("user")}};

 private:
  Stores stores_;
};

TYPED_TEST_SUITE_P(UserGuardContract);

TYPED_TEST_P(UserGuardContract, ChangesSeveralThingsAtOnce) {
  const auto id = this->added("alice", "user");
  const auto record = this->change(id,
                                   {.state = AccountState::disabled,
                                    .disabled_until = this->later,
                                    .roles = UserRoles{role("admin"), RoleList{{role("auditor")}}},
                                    .email = email("a@b")},
                                   {})
                          .value();
  EXPECT_EQ(record.user.state, AccountState::disabled);
  EXPECT_EQ(record.user.disabled_until, this->later);
  EXPECT_EQ(record.user.role, role("admin"));
  EXPECT_EQ(record.user.other_roles, RoleList{{role("auditor")}});
  EXPECT_EQ(record.email, email("a@b"));
  EXPECT_EQ(record.version, 2);
  EXPECT_EQ(this->store().find_record(id).value(), record);
}

TYPED_TEST_P(UserGuardContract, WritesNothingWhereNothingChanges) {
  const auto id = this->added("alice", "user");
  const auto before = this->store().find_record(id).value().value();
  EXPECT_EQ(this->change(id, {}, {}).value(), before);
  EXPECT_EQ(this->change(id, this->demoted, {}).value(), before) << "that role she has";
}

TYPED_TEST_P(UserGuardContract, ChangesOnlyTheVersionThatIsExpected) {
  const auto id = this->added("alice", "user");
  const auto version = this->change(id, this->disabled, {.version = 1}).value().version;
  const auto refusal = this->change(id, {.state = AccountState::active}, {.version = 1});
  ASSERT_FALSE(refusal.has_value());
  EXPECT_EQ(refusal.error().code(), ErrorCode::precondition_failed);
  EXPECT_EQ(refusal.error().details().version, version);
  EXPECT_EQ(this->store().find(id).value()->state, AccountState::disabled);
  EXPECT_EQ(this->change(id, this->disabled, {.version = 1}).error().code(), ErrorCode::precondition_failed)
      << "though nothing would change";
  EXPECT_TRUE(this->change(id, this->deleted, {.version = version}).has_value());
  EXPECT_EQ(this->change(id, this->deleted, {.version = version}).error().code(), ErrorCode::account_not_found);
}

TYPED_TEST_P(UserGuardContract, LetsOneOfManyHaveAVersion) {
  const auto id = this->added("alice", "user");
  std::atomic<int> won = 0;
  at_the_same_time(8, [&](int thread) {
    const UserChange change{.roles = UserRoles{role("r" + std::to_string(thread))}};
    if (this->change(id, change, {.version = 1})) ++won;
  });
  EXPECT_EQ(won, 1);
  EXPECT_EQ(this->store().find_record(id).value()->version, 2);
}

TYPED_TEST_P(UserGuardContract, LosesNoneOfManyChangesAtOnce) {
  const auto id = this->added("alice", "user");
  at_the_same_time(2, [&](int thread) {
    for (int i = 0; i < 10; ++i) {
      const auto text = std::to_string(i);
      const UserChange change =
          thread == 0 ? UserChange{.email = email(text + "@b")} : UserChange{.roles = UserRoles{role("r" + text)}};
      EXPECT_TRUE(this->change(id, change, {}).has_value());
    }
  });
  const auto record = this->store().find_record(id).value().value();
  EXPECT_EQ(record.email, email("9@b"));
  EXPECT_EQ(record.user.role, role("r9"));
  EXPECT_EQ(record.version, 21);
}

TYPED_TEST_P(UserGuardContract, KeepsTheLastAdministrator) {
  const auto alice = this->added("alice", "admin");
  this->added("bob", "user");
  this->expect_stays(alice, this->disabled);
  this->expect_stays(alice, {.state = AccountState::disabled, .disabled_until = this->later});
  this->expect_stays(alice, this->deleted);
  this->expect_stays(alice, this->demoted);
  EXPECT_TRUE(this->guarded(alice, {.email = email("a@b")}).has_value());
  EXPECT_TRUE(this->guarded(alice, {.roles = UserRoles{role("user"), RoleList{{role("operator")}}}}).has_value())
      << "still one, by another role";
  EXPECT_TRUE(this->change(alice, this->deleted, {}).has_value()) << "where nobody has to remain";
}

TYPED_TEST_P(UserGuardContract, LetsAnAdministratorGoWhoIsNotTheLast) {
  const auto alice = this->added("alice", "admin");
  const auto bob = this->added("bob", "user");
  this->store().set_roles(bob, role("user"), RoleList{{role("x"), role("operator")}}, this->noon).value();
  EXPECT_TRUE(this->guarded(alice, this->deleted).has_value());
  this->expect_stays(bob, this->demoted);
}

TYPED_TEST_P(UserGuardContract, CountsOnlyWhoCanLogInAsAnAdministrator) {
  const auto alice = this->added("alice", "admin");
  const auto bob = this->added("bob", "admin"), carol = this->added("carol", "admin", "");
  this->store().disable_until(bob, this->later, this->noon).value();
  this->expect_stays(alice, this->demoted);
  EXPECT_TRUE(this->store().set_password_hash(carol, PasswordHash{"h"}, this->noon).has_value());
  EXPECT_TRUE(this->guarded(alice, this->demoted).has_value());
  this->expect_stays(carol, this->disabled);
  this->store().disable_until(bob, this->noon, this->noon).value();
  EXPECT_TRUE(this->guarded(carol, this->disabled).has_value()) << "the disabling of bob is over";
}

TYPED_TEST_P(UserGuardContract, KnowsWhetherAnyoneWithARoleCanLogIn) {
  const std::array asked{role("admin"), role("operator")};
  const auto anyone = [&] { return this->store().has_active_with(asked, this->noon).value(); };
  const auto alice = this->added("alice", "user"), bob = this->added("bob", "admin", "");
  EXPECT_FALSE(anyone()) << "bob has no password";
  this->store().set_roles(alice, role("user"), RoleList{{role("x"), role("operator")}}, this->noon).value();
  EXPECT_TRUE(anyone());
  this->store().disable_until(alice, this->later, this->noon).value();
  EXPECT_FALSE(anyone());
  EXPECT_TRUE(this->store().has_active_with(asked, this->later).value()) << "the disabling is over";
  EXPECT_TRUE(this->store().set_password_hash(bob, PasswordHash{"h"}, this->noon).has_value());
  EXPECT_TRUE(anyone());
}

TYPED_TEST_P(UserGuardContract, LetsWhoIsNoAdministratorAnyMoreGo) {
  const auto alice = this->added("alice", "admin");
  this->store().set_state(alice, AccountState::disabled, this->noon).value();
  EXPECT_TRUE(this->guarded(alice, this->deleted).has_value()) << "nothing is lost by that";
}

TYPED_TEST_P(UserGuardContract, KeepsOneOfManyAdministratorsWhoAllGoAtOnce) {
  constexpr int kRounds = 10, kMany = 4;
  for (int round = 0; round < kRounds; ++round) {
    std::array<UserId, kMany> ids{};
    for (int i = 0; i < kMany; ++i) {
      const auto username = "admin" + std::to_string(round) + "-" + std::to_string(i);
      ids.at(static_cast<std::size_t>(i)) = this->added(username, i % 2 == 0 ? "admin" : "operator");
    }
    const std::array changes{this->disabled, this->deleted, this->demoted, this->disabled};
    std::atomic<int> refused = 0;
    at_the_same_time(kMany, [&](int i) {
      const auto place = static_cast<std::size_t>(i);
      const auto gone = this->guarded(ids.at(place), changes.at(place));
      if (!gone && gone.error().code() == ErrorCode::last_administrator) ++refused;
    });
    EXPECT_EQ(refused, 1);
    for (const auto id : ids) this->store().set_role(id, role("user"), this->noon);
  }
}

REGISTER_TYPED_TEST_SUITE_P(UserGuardContract, ChangesSeveralThingsAtOnce, WritesNothingWhereNothingChanges,
                            ChangesOnlyTheVersionThatIsExpected, LetsOneOfManyHaveAVersion,
                            LosesNoneOfManyChangesAtOnce, KeepsTheLastAdministrator,
                            LetsAnAdministratorGoWhoIsNotTheLast, CountsOnlyWhoCanLogInAsAnAdministrator,
                            KnowsWhetherAnyoneWithARoleCanLogIn, LetsWhoIsNoAdministratorAnyMoreGo,
                            KeepsOneOfManyAdministratorsWhoAllGoAtOnce);

}  // namespace cardea
