#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cardea/core/account/account_administration.hpp>
#include <cardea/core/account/memory_user_store.hpp>
#include <cardea/core/audit/memory_audit_sink.hpp>

#include "account/user_store_contract.hpp"

namespace cardea {
namespace {

const Origin kConsole{"console", ""};
constexpr std::string_view kGood = "a fine long password";

class AccountAdministrationTest : public testing::Test {
 protected:
  Result<User> create(std::string_view username, std::string_view password = kGood) {
    return accounts.create(name(username), role("user"), Secret::copy_of(password), kConsole, noon);
  }
  bool fits(std::string_view password) {
    const auto hash = users.find_credentials(name("alice")).value()->password_hash;
    return hasher.verify(Secret::copy_of(password), hash).value();
  }
  void expect_event(AuditAction action, std::optional<ErrorCode> reason = {}) {
    ASSERT_FALSE(audit.events().empty());
    const auto event = audit.events().back();
    EXPECT_EQ(event.action, action);
    EXPECT_EQ(event.reason, reason);
    EXPECT_EQ(event.subject, "alice");
    EXPECT_EQ(event.at, noon);
    EXPECT_EQ(event.origin.address, "console");
  }

  const Instant noon = at("2026-01-01T12:00:00Z");
  const Username alice = name("alice");
  MemoryUserStore users;
  PasswordHasher hasher{HashCost::worthless_for_tests_only()};
  MemoryAuditSink audit;
  AccountAdministration accounts{users, hasher, PasswordPolicy{}, audit};
};

TEST_F(AccountAdministrationTest, CreatesAnActiveUserWithAHashedPassword) {
  const auto user = create("alice").value();
  EXPECT_EQ(user.state, AccountState::active);
  EXPECT_EQ(user.role, role("user"));
  EXPECT_EQ(user.created_at, noon);
  EXPECT_TRUE(fits(kGood));
  expect_event(AuditAction::user_created);
}

TEST_F(AccountAdministrationTest, CreatesNoUserWithAWeakPassword) {
  const auto refusal = create("alice", "short");
  EXPECT_EQ(refusal.error().code(), ErrorCode::password_rejected);
  EXPECT_EQ(refusal.error().public_text(), "The password is shorter than 15 characters");
  EXPECT_EQ(users.find(alice).value(), std::nullopt);
  expect_event(AuditAction::user_created, ErrorCode::password_rejected);
}

TEST_F(AccountAdministrationTest, CreatesNoUserTwice) {
  create("alice").value();
  EXPECT_EQ(create("alice", "another fine password").error().code(), ErrorCode::username_taken);
  EXPECT_TRUE(fits(kGood));
  expect_event(AuditAction::user_created, ErrorCode::username_taken);
}

TEST_F(AccountAdministrationTest, ChangesAPasswordWithinThePolicy) {
  create("alice").value();
  EXPECT_TRUE(accounts.change_password(alice, Secret::copy_of("another fine password"), kConsole, noon).has_value());
  EXPECT_TRUE(fits("another fine password"));
  expect_event(AuditAction::password_changed);

  const auto refusal = accounts.change_password(alice, Secret::copy_of("short"), kConsole, noon);
  EXPECT_EQ(refusal.error().code(), ErrorCode::password_rejected);
  EXPECT_TRUE(fits("another fine password"));
  expect_event(AuditAction::password_changed, ErrorCode::password_rejected);
}

TEST_F(AccountAdministrationTest, DisablesEnablesAndDeletes) {
  create("alice").value();
  EXPECT_EQ(accounts.disable(alice, kConsole, noon).value().state, AccountState::disabled);
  expect_event(AuditAction::user_disabled);
  EXPECT_EQ(accounts.disable(alice, kConsole, noon).value().state, AccountState::disabled);
  EXPECT_EQ(accounts.enable(alice, kConsole, noon).value().state, AccountState::active);
  expect_event(AuditAction::user_enabled);
  EXPECT_EQ(accounts.delete_account(alice, kConsole, noon).value().state, AccountState::deleted);
  expect_event(AuditAction::user_deleted);
}

TEST_F(AccountAdministrationTest, ChangesTheRole) {
  create("alice").value();
  EXPECT_EQ(accounts.change_role(alice, role("admin"), kConsole, noon).value().role, role("admin"));
  EXPECT_EQ(users.find(alice).value()->role, role("admin"));
  expect_event(AuditAction::role_changed);
}

TEST_F(AccountAdministrationTest, ChangesNothingOfAnUnknownOrDeletedAccount) {
  for (const bool deleted : {false, true}) {
    if (deleted) {
      create("alice").value();
      accounts.delete_account(alice, kConsole, noon).value();
    }
    EXPECT_EQ(accounts.enable(alice, kConsole, noon).error().code(), ErrorCode::account_not_found);
    expect_event(AuditAction::user_enabled, ErrorCode::account_not_found);
    EXPECT_EQ(accounts.disable(alice, kConsole, noon).error().code(), ErrorCode::account_not_found);
    expect_event(AuditAction::user_disabled, ErrorCode::account_not_found);
    EXPECT_EQ(accounts.delete_account(alice, kConsole, noon).error().code(), ErrorCode::account_not_found);
    expect_event(AuditAction::user_deleted, ErrorCode::account_not_found);
    EXPECT_EQ(accounts.change_role(alice, role("admin"), kConsole, noon).error().code(), ErrorCode::account_not_found);
    expect_event(AuditAction::role_changed, ErrorCode::account_not_found);
    EXPECT_EQ(accounts.change_password(alice, Secret::copy_of(kGood), kConsole, noon).error().code(),
              ErrorCode::account_not_found);
    expect_event(AuditAction::password_changed, ErrorCode::account_not_found);
  }
}

}  // namespace
}  // namespace cardea
