// What every RoleStore and the UserStore beside it keep together: somebody who can log in and may do what is guarded,
// whatever becomes of roles and of users (cardea/core/access/guarded_roles.hpp).
//
// A store's test defines a type with `UserStore& users()` and `RoleStore& store()` over the same empty database, and
// writes
//   INSTANTIATE_TYPED_TEST_SUITE_P(Memory, RoleGuardContract, MemoryRoles);
#pragma once

#include <array>
#include <cardea/core/access/role_graph.hpp>

#include "access/role_store_contract.hpp"
#include "account/user_store_contract.hpp"

namespace cardea {

// Those that give users:write.
inline std::vector<Role> who_may_change_users(std::span<const StoredRole> stored) {
  std::vector<RoleDefinition> definitions;
  for (const auto& role : stored) definitions.push_back(role.definition);
  return flattened(definitions).roles_with("users:write");
}

template <class Stores>
class RoleGuardContract : public testing::Test {
 protected:
  RoleStore& store() { return stores_.store(); }
  UserStore& users() { return stores_.users(); }

  void set_role(std::string_view name, std::string_view permissions, std::string_view includes = "") {
    const auto role = role_of(name, permissions, includes);
    if (!store().add(role, noon)) store().change(role, {}, noon).value();
  }
  UserId added(std::string_view username, std::string_view role_name, std::string hash = "h") {
    return users().add({name(username), role(role_name), PasswordHash{std::move(hash)}}, noon).value().id;
  }

  // Each of them while somebody has to remain who may change users.
  Result<StoredRole> change(const RoleDefinition& role) {
    return store().change(role, {.guarded = who_may_change_users}, noon);
  }
  Done remove(std::string_view name) { return store().remove(role(name), {.guarded = who_may_change_users}, noon); }
  Result<UserRecord> disable(UserId id) {
    return users().change(id, {.state = AccountState::disabled}, {.guarded = who_may_change_users}, noon);
  }
  Result<UserRecord> demote(UserId id) {
    return users().change(id, {.roles = UserRoles{role("member")}}, {.guarded = who_may_change_users}, noon);
  }

  template <class T>
  void expect_refused(const Result<T>& result) {
    ASSERT_FALSE(result.has_value());
    EXPECT_EQ(result.error().code(), ErrorCode::last_administrator);
  }
  // Of changes at the same time, each of which is right where the others are not made.
  void expect_one_is_refused(const std::vector<std::function<std::optional<ErrorCode>()>>& changes) {
    std::atomic<int> refused = 0, other = 0;
    at_the_same_time(static_cast<int>(changes.size()), [&](int i) {
      const auto code = changes[static_cast<std::size_t>(i)]();
      if (code == ErrorCode::last_administrator) ++refused;
      if (code && code != ErrorCode::last_administrator) ++other;
    });
    EXPECT_EQ(refused, 1);
    EXPECT_EQ(other, 0);
  }

  const Instant noon = at("2026-01-01T12:00:00Z");
  const Instant later = at("2026-01-01T13:00:00Z");
  static constexpr int kRounds = 10;

 private:
  Stores stores_;
};

template <class T>
std::optional<ErrorCode> refusal_of(const Result<T>& result) {
  return result ? std::optional<ErrorCode>{} : result.error().code();
}

TYPED_TEST_SUITE_P(RoleGuardContract);

TYPED_TEST_P(RoleGuardContract, KeepsARoleThatItsLastHolderNeeds) {
  this->set_role("clerk", "users:write");
  this->set_role("chief", "", "clerk");
  this->added("alice", "chief");
  const auto before = this->store().list().value();
  this->expect_refused(this->change(role_of("clerk", "users:read")));
  this->expect_refused(this->change(role_of("chief")));
  this->expect_refused(this->remove("chief"));
  this->expect_refused(this->remove("clerk"));
  EXPECT_EQ(this->store().list().value(), before);
  EXPECT_TRUE(this->change(role_of("clerk", "users:*"))) << "takes nobody's permission";
  EXPECT_TRUE(this->store().remove(role("chief"), {}, this->noon)) << "where nobody has to remain";
}

TYPED_TEST_P(RoleGuardContract, LetsARoleGoThatNobodyNeeds) {
  this->set_role("clerk", "users:write");
  this->set_role("chief", "*");
  EXPECT_TRUE(this->remove("chief")) << "nobody is there to be locked out";
  this->set_role("chief", "*");
  this->added("alice", "clerk");
  this->added("bob", "chief");
  EXPECT_TRUE(this->change(role_of("clerk"))) << "bob is left";
  this->expect_refused(this->remove("chief"));
}

TYPED_TEST_P(RoleGuardContract, CountsOnlyWhoCanLogIn) {
  this->set_role("clerk", "users:write");
  this->set_role("chief", "*");
  this->added("alice", "clerk");
  const auto bob = this->added("bob", "chief"), carol = this->added("carol", "member", "");
  this->users().set_roles(carol, role("member"), RoleList{{role("x"), role("chief")}}, this->noon).value();
  this->users().disable_until(bob, this->later, this->noon).value();
  this->expect_refused(this->change(role_of("clerk")));
  EXPECT_TRUE(this->users().set_password_hash(carol, PasswordHash{"h"}, this->noon));
  EXPECT_TRUE(this->change(role_of("clerk"))) << "carol is left, by another role than her first";
  this->set_role("clerk", "users:write");
  EXPECT_TRUE(this->users().set_state(carol, AccountState::disabled, this->noon));
  this->expect_refused(this->change(role_of("clerk")));
  EXPECT_TRUE(this->store().change(role_of("clerk"), {.guarded = who_may_change_users}, this->later))
      << "the disabling of bob is over";
}

TYPED_TEST_P(RoleGuardContract, HoldsAChangeOfAUserAgainstTheRolesAsTheyAre) {
  this->set_role("clerk", "users:write");
  const auto alice = this->added("alice", "clerk"), bob = this->added("bob", "chief");
  this->expect_refused(this->disable(alice));
  this->set_role("chief", "users:*");
  EXPECT_TRUE(this->disable(alice).has_value());
  this->expect_refused(this->demote(bob));
  this->set_role("chief", "users:read");
  EXPECT_TRUE(this->demote(bob).has_value()) << "nothing is lost by that any more";
}

TYPED_TEST_P(RoleGuardContract, KeepsAHolderWhenARoleAndAUserChangeAtOnce) {
  for (int round = 0; round < this->kRounds; ++round) {
    this->set_role("clerk", "users:write");
    this->set_role("chief", "users:write");
    const auto alice = this->added("alice" + std::to_string(round), "clerk");
    const auto bob = this->added("bob" + std::to_string(round), "chief");
    this->expect_one_is_refused({[&] { return refusal_of(this->disable(alice)); },
                                 [&] { return refusal_of(this->change(role_of("chief", "users:read"))); }});
    for (const auto id : {alice, bob}) this->users().set_state(id, AccountState::deleted, this->noon).value();
  }
}

TYPED_TEST_P(RoleGuardContract, KeepsAHolderWhenTwoRolesChangeAtOnce) {
  this->added("alice", "clerk");
  this->added("bob", "chief");
  for (int round = 0; round < this->kRounds; ++round) {
    this->set_role("clerk", "users:write");
    this->set_role("chief", "users:write");
    this->expect_one_is_refused({[&] { return refusal_of(this->change(role_of("clerk"))); },
                                 [&] { return refusal_of(this->remove("chief")); }});
  }
}

// bob becomes one who may change users: alice may go then, or bob, and not both.
TYPED_TEST_P(RoleGuardContract, KeepsAHolderWhenARoleIsGivenThePermissionAtTheSameTime) {
  for (int round = 0; round < this->kRounds; ++round) {
    this->set_role("clerk", "users:write");
    this->set_role("chief", "");
    const auto alice = this->added("alice" + std::to_string(round), "clerk");
    const auto bob = this->added("bob" + std::to_string(round), "chief");
    at_the_same_time(3, [&](int i) {
      switch (i) {
        case 0: EXPECT_TRUE(this->change(role_of("chief", "users:write"))); break;
        case 1: static_cast<void>(this->demote(alice)); break;
        default: static_cast<void>(this->disable(bob));
      }
    });
    const bool alice_may = this->users().find(alice).value()->role == role("clerk");
    const bool bob_may = this->users().find(bob).value()->state == AccountState::active;
    EXPECT_TRUE(alice_may || bob_may);
    for (const auto id : {alice, bob}) this->users().set_state(id, AccountState::deleted, this->noon).value();
  }
}

REGISTER_TYPED_TEST_SUITE_P(RoleGuardContract, KeepsARoleThatItsLastHolderNeeds, LetsARoleGoThatNobodyNeeds,
                            CountsOnlyWhoCanLogIn, HoldsAChangeOfAUserAgainstTheRolesAsTheyAre,
                            KeepsAHolderWhenARoleAndAUserChangeAtOnce, KeepsAHolderWhenTwoRolesChangeAtOnce,
                            KeepsAHolderWhenARoleIsGivenThePermissionAtTheSameTime);

}  // namespace cardea
