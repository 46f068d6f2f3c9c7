#include "diagnosis/check_accounts.hpp"

#include <gtest/gtest.h>

#include <cardea/core/account/memory_user_store.hpp>
#include <cardea/service/wiring/demo_users.hpp>

namespace cardea::service {
namespace {

class CheckAccounts : public testing::Test {
 protected:
  void add(std::string_view name, std::string_view role) {
    const NewUser user{Username::parse(name).value(), Role::parse(role).value(),
                       hasher.hash(Secret::copy_of("a long enough password")).value()};
    users.add(user, now).value();
  }
  const Instant now = SystemClock{}.now();
  MemoryUserStore users;
  const PasswordHasher hasher{HashCost::worthless_for_tests_only()};
};

TEST_F(CheckAccounts, WarnWhereNobodyCanLookAfterThem) {
  add("bob", "user");
  EXPECT_EQ(check_administrators(users, {}, now).verdict, Verdict::warning);
  add("alice", "admin");
  EXPECT_EQ(check_administrators(users, {}, now).verdict, Verdict::ok);
  ASSERT_TRUE(users.set_state(UserId{2}, AccountState::disabled, now));
  EXPECT_EQ(check_administrators(users, {}, now).verdict, Verdict::warning);
}

TEST_F(CheckAccounts, FindDemoPasswordsOutsideTheDemo) {
  EXPECT_EQ(check_demo_passwords(users, hasher, false).verdict, Verdict::ok);
  ASSERT_TRUE(add_demo_users(users, hasher, now));
  const auto finding = check_demo_passwords(users, hasher, false);
  EXPECT_EQ(finding.verdict, Verdict::problem);
  EXPECT_TRUE(finding.what.contains("alice")) << finding.what;
  EXPECT_FALSE(finding.what.contains("alicepw"));
  EXPECT_EQ(check_demo_passwords(users, hasher, true).verdict, Verdict::warning);
}

}  // namespace
}  // namespace cardea::service
