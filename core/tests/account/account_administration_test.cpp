#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cardea/core/account/account_administration.hpp>
#include <cardea/core/account/authenticator.hpp>
#include <cardea/core/account/memory_user_store.hpp>
#include <cardea/core/api_key/memory_api_key_store.hpp>
#include <cardea/core/audit/memory_audit_sink.hpp>
#include <cardea/core/session/memory_session_store.hpp>

#include "account/user_store_contract.hpp"

namespace cardea {
namespace {

const Origin kConsole{"console", ""};
constexpr std::string_view kGood = "a fine long password";
constexpr std::string_view kBetter = "another fine password";

// Sessions that can be made impossible to end.
class StubbornSessionStore final : public SessionStore {
 public:
  bool refuses = false;

  Done add(const Session& session) override { return store_.add(session); }
  Result<std::optional<Session>> find(const SessionId& id) override { return store_.find(id); }
  Result<std::optional<Session>> find_by_handle(const std::string& digest) override {
    return store_.find_by_handle(digest);
  }
  Result<bool> refresh(const SessionId& id, const SessionRefresh& change) override {
    return store_.refresh(id, change);
  }
  Result<std::vector<Session>> list(UserId user) override { return store_.list(user); }
  Result<std::optional<EndedSession>> end(const SessionId& id, UserId user, const SessionEnding& ending) override {
    return store_.end(id, user, ending);
  }
  Result<std::vector<EndedSession>> end_all(UserId user, const std::optional<SessionId>& but,
                                            const SessionEnding& ending) override {
    if (refuses) return failure(ErrorCode::store_unavailable);
    return store_.end_all(user, but, ending);
  }
  Result<SessionEnds> ends_after(std::uint64_t after, Instant now) override { return store_.ends_after(after, now); }
  Result<std::size_t> prune(const Outdated& outdated, std::size_t limit) override {
    return store_.prune(outdated, limit);
  }

 private:
  MemorySessionStore store_;
};

class AccountAdministrationTest : public testing::Test {
 protected:
  Result<User> create(std::string_view username, std::string_view password = kGood) {
    return accounts.create(name(username), role("user"), Secret::copy_of(password), kConsole, noon);
  }
  bool fits(std::string_view password) {
    const auto hash = users.find_credentials(name("alice")).value()->password_hash;
    return hasher.verify(Secret::copy_of(password), hash).value();
  }
  SessionId started(const User& user) {
    const auto id = SessionId::random();
    EXPECT_TRUE(session_store.add({.id = id,
                                   .user = user.id,
                                   .created_at = noon,
                                   .last_used_at = noon,
                                   .client = {},
                                   .access_ends_at = noon + std::chrono::minutes{30},
                                   .refresh = RefreshFamily::start().family,
                                   .ended_at = std::nullopt,
                                   .end = std::nullopt}));
    return id;
  }
  std::optional<SessionEnd> end_of(const SessionId& id) { return session_store.find(id).value()->end; }
  Done change_password(std::string_view password) {
    return accounts.change_password(alice, Secret::copy_of(password), kConsole, noon);
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
  StubbornSessionStore session_store;
  EndedSessions ended;
  SessionAdministration sessions{session_store, ended, audit};
  MemoryApiKeyStore api_key_store;
  ApiKeyAdministration api_keys{api_key_store, audit};
  AccountAdministration accounts{users, sessions, api_keys, hasher, PasswordPolicy{}, audit};
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
  EXPECT_TRUE(refusal.error().public_text().starts_with("The password is shorter than 15 characters"));
  EXPECT_EQ(users.find(alice).value(), std::nullopt);
  expect_event(AuditAction::user_created, ErrorCode::password_rejected);
}

TEST_F(AccountAdministrationTest, CreatesNoUserTwice) {
  create("alice").value();
  EXPECT_EQ(create("alice", kBetter).error().code(), ErrorCode::username_taken);
  EXPECT_TRUE(fits(kGood));
  expect_event(AuditAction::user_created, ErrorCode::username_taken);
}

TEST_F(AccountAdministrationTest, ChangesAPasswordWithinThePolicy) {
  create("alice").value();
  EXPECT_TRUE(change_password(kBetter).has_value());
  EXPECT_TRUE(fits(kBetter));
  expect_event(AuditAction::password_changed);

  EXPECT_EQ(change_password("short").error().code(), ErrorCode::password_rejected);
  EXPECT_TRUE(fits(kBetter));
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
    EXPECT_EQ(change_password(kGood).error().code(), ErrorCode::account_not_found);
    expect_event(AuditAction::password_changed, ErrorCode::account_not_found);
  }
}

// Each change that ends sessions, named by the reason that is kept with them.
class EndingChangeTest : public AccountAdministrationTest, public testing::WithParamInterface<SessionEnd> {
 protected:
  // Empty: it was done.
  std::optional<ErrorCode> change() {
    switch (GetParam()) {
      case SessionEnd::password_changed: return refusal_in(change_password(kBetter));
      case SessionEnd::user_disabled: return refusal_in(accounts.disable(alice, kConsole, noon));
      default: return refusal_in(accounts.delete_account(alice, kConsole, noon));
    }
  }
  bool is_stored() {
    switch (GetParam()) {
      case SessionEnd::password_changed: return fits(kBetter);
      case SessionEnd::user_disabled: return state() == AccountState::disabled;
      default: return state() == AccountState::deleted;
    }
  }

 private:
  template <class T>
  static std::optional<ErrorCode> refusal_in(const Result<T>& result) {
    return result ? std::optional<ErrorCode>{} : result.error().code();
  }
  AccountState state() { return users.find(alice).value()->state; }
};

TEST_P(EndingChangeTest, EndsAllSessionsOfTheUserAndNobodyElses) {
  const auto user = create("alice").value();
  const auto other = create("bob").value();
  const std::array of_alice{started(user), started(user)};
  const auto of_bob = started(other);
  EXPECT_EQ(change(), std::nullopt);
  for (const auto& id : of_alice) EXPECT_EQ(end_of(id), GetParam());
  EXPECT_EQ(end_of(of_bob), std::nullopt);
  EXPECT_EQ(ended.size(), 2);
  expect_event(AuditAction::session_ended);
}

TEST_P(EndingChangeTest, FailsIfTheSessionsCannotBeEndedAndEndsThemWhenItIsRepeated) {
  const auto session = started(create("alice").value());
  session_store.refuses = true;
  EXPECT_EQ(change(), ErrorCode::store_unavailable);
  EXPECT_TRUE(is_stored());
  EXPECT_EQ(end_of(session), std::nullopt);
  EXPECT_EQ(change(), ErrorCode::store_unavailable);

  session_store.refuses = false;
  const bool was_deleted = GetParam() == SessionEnd::user_deleted;
  EXPECT_EQ(change(), was_deleted ? std::optional{ErrorCode::account_not_found} : std::nullopt);
  EXPECT_EQ(end_of(session), GetParam());
}

INSTANTIATE_TEST_SUITE_P(AccountAdministration, EndingChangeTest,
                         testing::Values(SessionEnd::password_changed, SessionEnd::user_disabled,
                                         SessionEnd::user_deleted),
                         [](const auto& change) { return std::string(name_of(change.param)); });

TEST_F(AccountAdministrationTest, RecordsAChangeThoughItsSessionsCannotBeEnded) {
  create("alice").value();
  session_store.refuses = true;
  EXPECT_FALSE(accounts.disable(alice, kConsole, noon));
  expect_event(AuditAction::user_disabled);
}

TEST_F(AccountAdministrationTest, EndsNoSessionByARefusedChangeANewRoleOrEnabling) {
  const auto session = started(create("alice").value());
  EXPECT_FALSE(change_password("short"));
  EXPECT_TRUE(accounts.change_role(alice, role("admin"), kConsole, noon));
  EXPECT_TRUE(accounts.enable(alice, kConsole, noon));
  EXPECT_EQ(end_of(session), std::nullopt);
}

TEST_F(AccountAdministrationTest, DisablesForATimeThatEndsByItself) {
  create("alice").value();
  const auto end = noon + std::chrono::hours{1};
  const auto user = accounts.disable_until(alice, end, kConsole, noon).value();
  expect_event(AuditAction::user_disabled);
  EXPECT_EQ(user.state_at(end - std::chrono::microseconds{1}), AccountState::disabled);
  EXPECT_EQ(user.state_at(end), AccountState::active);
  Authenticator authenticator{users, hasher, audit};
  const auto password = Secret::copy_of(kGood);
  EXPECT_FALSE(authenticator.log_in("alice", password, kConsole, end - std::chrono::microseconds{1}));
  EXPECT_TRUE(authenticator.log_in("alice", password, kConsole, end));
}

TEST_F(AccountAdministrationTest, DisablesUntilNoTimeThatIsOver) {
  create("alice").value();
  EXPECT_EQ(accounts.disable_until(alice, noon, kConsole, noon).error().code(), ErrorCode::validation_failed);
  EXPECT_EQ(users.find(alice).value()->state, AccountState::active);
  expect_event(AuditAction::user_disabled, ErrorCode::validation_failed);
}

TEST_F(AccountAdministrationTest, RevokesTheApiKeysOfADeletedAccount) {
  const auto user = create("alice").value();
  const ApiKeyOwner owner{user.id, alice};
  api_keys.create(owner, {}, {.name = ApiKeyName::parse("script").value(), .scopes = {}}, kConsole, noon).value();
  EXPECT_TRUE(accounts.delete_account(alice, kConsole, noon));
  EXPECT_TRUE(api_keys.list(user.id).value().empty());
}

TEST_F(AccountAdministrationTest, RestoresADeletedAccountThatNobodyCanLogInTo) {
  const auto user = create("alice").value();
  EXPECT_EQ(accounts.restore(alice, kConsole, noon).error().code(), ErrorCode::conflict);
  EXPECT_EQ(accounts.restore(name("mallory"), kConsole, noon).error().code(), ErrorCode::account_not_found);
  accounts.delete_account(alice, kConsole, noon).value();
  EXPECT_EQ(accounts.restore(alice, kConsole, noon).value(), user);
  expect_event(AuditAction::user_restored);
  Authenticator authenticator{users, hasher, audit};
  EXPECT_FALSE(authenticator.log_in("alice", Secret::copy_of(kGood), kConsole, noon));
  EXPECT_TRUE(change_password(kBetter));
  EXPECT_TRUE(authenticator.log_in("alice", Secret::copy_of(kBetter), kConsole, noon));
}

TEST_F(AccountAdministrationTest, SetsAndRemovesAnEmailAddress) {
  const auto id = create("alice").value().id;
  EXPECT_EQ(accounts.set_email(alice, email("a@example.com"), kConsole, noon).value().email, email("a@example.com"));
  expect_event(AuditAction::email_changed);
  EXPECT_TRUE(accounts.set_email(alice, std::nullopt, kConsole, noon));
  EXPECT_EQ(users.find_record(id).value()->email, std::nullopt);
  EXPECT_EQ(accounts.set_email(name("mallory"), std::nullopt, kConsole, noon).error().code(),
            ErrorCode::account_not_found);
}

TEST_F(AccountAdministrationTest, LeavesTheSessionThatChangedThePassword) {
  const auto user = create("alice").value();
  const auto own = started(user), other = started(user);
  EXPECT_TRUE(accounts.change_password(alice, Secret::copy_of(kBetter), kConsole, noon, own));
  EXPECT_EQ(end_of(own), std::nullopt);
  EXPECT_EQ(end_of(other), SessionEnd::password_changed);
}

TEST_F(AccountAdministrationTest, ResetsAPasswordOnceByACodeAndEndsTheSessions) {
  const auto session = started(create("alice").value());
  const auto reset = accounts.start_password_reset(alice, kConsole, noon).value();
  expect_event(AuditAction::password_reset_started);
  EXPECT_TRUE(reset.code.expose().starts_with("cardea_pr_"));
  EXPECT_EQ(reset.expires_at, noon + std::chrono::minutes{15});
  const auto use = [&](std::string_view password, Instant now) {
    return accounts.use_password_reset(reset.code.expose(), Secret::copy_of(password), kConsole, now);
  };
  EXPECT_EQ(use("short", noon).error().code(), ErrorCode::password_rejected) << "and it may be tried again";
  expect_event(AuditAction::password_reset_used, ErrorCode::password_rejected);
  EXPECT_EQ(use(kBetter, reset.expires_at).error().code(), ErrorCode::password_reset_invalid);
  EXPECT_TRUE(fits(kGood));
  EXPECT_EQ(use(kBetter, noon).value().username, alice);
  EXPECT_TRUE(fits(kBetter));
  EXPECT_EQ(end_of(session), SessionEnd::password_changed);
  EXPECT_EQ(use(kGood, noon).error().code(), ErrorCode::password_reset_invalid);
  EXPECT_TRUE(fits(kBetter));
}

TEST_F(AccountAdministrationTest, TakesNoCodeThatIsNoneOrIsOfADeletedAccount) {
  create("alice").value();
  const auto password = Secret::copy_of(kBetter);
  for (const auto* code : {"", "cardea_pr_", "x"}) {
    EXPECT_EQ(accounts.use_password_reset(code, password, kConsole, noon).error().code(),
              ErrorCode::password_reset_invalid);
  }
  const auto reset = accounts.start_password_reset(alice, kConsole, noon).value();
  accounts.delete_account(alice, kConsole, noon).value();
  EXPECT_EQ(accounts.use_password_reset(reset.code.expose(), password, kConsole, noon).error().code(),
            ErrorCode::password_reset_invalid);
  EXPECT_EQ(accounts.start_password_reset(alice, kConsole, noon).error().code(), ErrorCode::account_not_found);
}

TEST_F(AccountAdministrationTest, CreatesAUserWhoCannotLogInBeforeThereIsAPassword) {
  const auto user = accounts.create_without_password(alice, role("user"), kConsole, noon, email("a@b")).value();
  expect_event(AuditAction::user_created);
  EXPECT_EQ(user.state, AccountState::active);
  EXPECT_EQ(users.find_record(user.id).value()->email, email("a@b"));
  EXPECT_EQ(users.find_credentials(alice).value()->password_hash, PasswordHash{""});
  EXPECT_TRUE(change_password(kGood).has_value());
  EXPECT_TRUE(fits(kGood));
}

TEST_F(AccountAdministrationTest, ChangesSeveralThingsWithAnEventForEach) {
  const auto session = started(create("alice").value());
  const auto record =
      accounts
          .change(alice, {.state = AccountState::disabled, .roles = UserRoles{role("editor")}, .email = email("a@b")},
                  kConsole, noon, 1)
          .value();
  EXPECT_EQ(record.user.role, role("editor"));
  EXPECT_EQ(end_of(session), SessionEnd::user_disabled);
  std::vector<AuditAction> actions;
  for (const auto& event : audit.events()) actions.push_back(event.action);
  EXPECT_THAT(actions, testing::IsSupersetOf(
                           {AuditAction::role_changed, AuditAction::email_changed, AuditAction::user_disabled}));
}

TEST_F(AccountAdministrationTest, ChangesNothingOfAnotherVersion) {
  const auto session = started(create("alice").value());
  const auto refusal = accounts.change(alice, {.state = AccountState::disabled}, kConsole, noon, 7);
  EXPECT_EQ(refusal.error().code(), ErrorCode::precondition_failed);
  expect_event(AuditAction::user_disabled, ErrorCode::precondition_failed);
  EXPECT_EQ(end_of(session), std::nullopt);
  EXPECT_EQ(accounts.delete_account(alice, kConsole, noon, 7).error().code(), ErrorCode::precondition_failed);
}

TEST_F(AccountAdministrationTest, KeepsTheLastWhoMayChangeUsers) {
  const auto session = started(create("alice").value());
  ASSERT_TRUE(accounts.change_role(alice, role("admin"), kConsole, noon));
  const auto expect_refused = [&](const Result<User>& changed, AuditAction action) {
    ASSERT_FALSE(changed.has_value());
    EXPECT_EQ(changed.error().code(), ErrorCode::last_administrator);
    EXPECT_TRUE(changed.error().public_text().starts_with("Nobody else could change users any more"));
    expect_event(action, ErrorCode::last_administrator);
  };
  expect_refused(accounts.disable(alice, kConsole, noon), AuditAction::user_disabled);
  expect_refused(accounts.disable_until(alice, noon + std::chrono::hours{1}, kConsole, noon),
                 AuditAction::user_disabled);
  expect_refused(accounts.delete_account(alice, kConsole, noon), AuditAction::user_deleted);
  expect_refused(accounts.change_role(alice, role("user"), kConsole, noon), AuditAction::role_changed);
  ASSERT_TRUE(accounts.grant_role(alice, role("user"), kConsole, noon));
  expect_refused(accounts.revoke_role(alice, role("admin"), kConsole, noon), AuditAction::role_changed);
  EXPECT_EQ(end_of(session), std::nullopt);
  EXPECT_EQ(users.find(alice).value()->state, AccountState::active);
}

TEST_F(AccountAdministrationTest, AsksTheRolesWhoMayChangeUsers) {
  RolePermissions roles;
  roles.grant(role("clerk"), Permission::parse("users:*").value());
  AccountAdministration administration{users, sessions, api_keys, hasher, PasswordPolicy{}, audit, roles};
  create("alice").value();
  ASSERT_TRUE(administration.change_role(alice, role("admin"), kConsole, noon));
  EXPECT_TRUE(administration.change_role(alice, role("clerk"), kConsole, noon)) << "an admin may do nothing here";
  EXPECT_EQ(administration.disable(alice, kConsole, noon).error().code(), ErrorCode::last_administrator);
}

}  // namespace
}  // namespace cardea
