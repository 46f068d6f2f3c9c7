#include <gtest/gtest.h>

#include <cardea/core/account/memory_user_store.hpp>
#include <cardea/service/wiring/demo_users.hpp>

namespace cardea::service {
namespace {

const Instant kNoon = parse_instant("2026-01-01T12:00:00Z").value();

struct DemoUsers : testing::Test {
  MemoryUserStore users;
  PasswordHasher hasher{HashCost::worthless_for_tests_only()};

  User named(std::string_view name) { return users.find(Username::parse(name).value()).value().value(); }
};

TEST_F(DemoUsers, AreAliceTheAdminAndBob) {
  ASSERT_TRUE(add_demo_users(users, hasher, kNoon));
  EXPECT_EQ(named("alice").id, UserId{1});
  EXPECT_EQ(named("alice").role.name(), "admin");
  EXPECT_EQ(named("bob").id, UserId{2});
  EXPECT_EQ(named("bob").role.name(), "user");
}

TEST_F(DemoUsers, AreLeftAsTheyAreTheSecondTime) {
  ASSERT_TRUE(add_demo_users(users, hasher, kNoon));
  ASSERT_TRUE(users.set_state(UserId{2}, AccountState::disabled, kNoon));
  ASSERT_TRUE(add_demo_users(users, hasher, kNoon));
  EXPECT_EQ(named("bob").state, AccountState::disabled);
  EXPECT_EQ(users.list(std::nullopt, 10)->users.size(), 2U);
}

TEST_F(DemoUsers, DoNotGoWhereOtherUsersAre) {
  const auto hash = hasher.hash(Secret::copy_of("a long enough password")).value();
  ASSERT_TRUE(users.add({Username::parse("carol").value(), Role::parse("user").value(), hash}, kNoon));
  const auto added = add_demo_users(users, hasher, kNoon);
  ASSERT_FALSE(added);
  EXPECT_TRUE(added.error().public_text().starts_with("--demo: the database has users of its own"));
  EXPECT_EQ(users.list(std::nullopt, 10)->users.size(), 1U);
}

TEST_F(DemoUsers, AreRefusedOutsideTheDemoUntilTheirPasswordsDiffer) {
  EXPECT_TRUE(refuse_demo_users(users, hasher));
  ASSERT_TRUE(add_demo_users(users, hasher, kNoon));
  EXPECT_TRUE(refuse_demo_users(users, hasher).error().public_text().contains("the user alice has the demo password"));
  const auto other = hasher.hash(Secret::copy_of("a long enough password")).value();
  ASSERT_TRUE(users.set_password_hash(UserId{1}, other, kNoon));
  EXPECT_TRUE(refuse_demo_users(users, hasher).error().public_text().contains("the user bob has the demo password"));
  ASSERT_TRUE(users.set_state(UserId{2}, AccountState::disabled, kNoon));
  EXPECT_TRUE(refuse_demo_users(users, hasher));
}

}  // namespace
}  // namespace cardea::service
