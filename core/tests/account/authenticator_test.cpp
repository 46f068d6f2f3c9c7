#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cardea/core/account/authenticator.hpp>
#include <cardea/core/account/memory_user_store.hpp>
#include <cardea/core/audit/memory_audit_sink.hpp>
#include <chrono>
#include <ctime>

#include "account/user_store_contract.hpp"

namespace cardea {
namespace {

const Origin kOrigin{"192.0.2.7", "request-1"};

class AuthenticatorTest : public testing::Test {
 protected:
  UserId add(std::string_view username, PasswordHash hash) {
    return users.add({name(username), role("user"), std::move(hash)}, noon).value().id;
  }
  UserId add(std::string_view username, std::string_view password) {
    return add(username, hasher.hash(Secret::copy_of(password)).value());
  }
  Result<User> log_in(std::string_view username, std::string_view password, const Origin& origin = kOrigin) {
    return authenticator.log_in(username, Secret::copy_of(password), origin, noon);
  }
  std::string stored_hash(std::string_view username) {
    return std::string(users.find_credentials(name(username)).value()->password_hash.expose());
  }

  const Instant noon = at("2026-01-01T12:00:00Z");
  MemoryUserStore users;
  PasswordHasher hasher{HashCost::worthless_for_tests_only()};
  MemoryAuditSink audit;
  Authenticator authenticator{users, hasher, audit};
};

TEST_F(AuthenticatorTest, LogsInByNameAndPassword) {
  const auto id = add("alice", "alicepw");
  EXPECT_EQ(log_in("alice", "alicepw").value(), users.find(id).value().value());
  const auto events = audit.events();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].action, AuditAction::login_succeeded);
  EXPECT_EQ(events[0].at, noon);
  EXPECT_EQ(events[0].subject, "alice");
  EXPECT_EQ(events[0].origin.address, "192.0.2.7");
  EXPECT_EQ(events[0].origin.request_id, "request-1");
  EXPECT_EQ(events[0].reason, std::nullopt);
}

TEST_F(AuthenticatorTest, RefusesEverythingElseAlikeAndTellsOnlyTheAuditWhy) {
  add("alice", "alicepw");
  users.set_state(add("disabled", "disabledpw"), AccountState::disabled, noon).value();
  users.set_state(add("deleted", "deletedpw"), AccountState::deleted, noon).value();
  add("empty", "");
  add("broken", PasswordHash{"no hash at all"});
  const std::string overlong(1025, 'x');
  const struct {
    std::string username, password;
    ErrorCode reason;
  } attempts[] = {
      {"alice", "wrong", ErrorCode::invalid_credentials},
      {"alice", "", ErrorCode::invalid_credentials},
      {"alice", overlong, ErrorCode::invalid_credentials},
      {"nobody", "alicepw", ErrorCode::account_not_found},
      {"Alice", "alicepw", ErrorCode::username_invalid},
      {"", "", ErrorCode::username_invalid},
      {"disabled", "disabledpw", ErrorCode::user_disabled},
      {"disabled", "wrong", ErrorCode::user_disabled},
      {"deleted", "deletedpw", ErrorCode::account_not_found},
      {"empty", "", ErrorCode::invalid_credentials},
      {"broken", "no hash at all", ErrorCode::password_hash_unsupported},
  };
  for (const auto& attempt : attempts) {
    const auto refusal = log_in(attempt.username, attempt.password, {"from the tests of " + attempt.username, {}});
    ASSERT_FALSE(refusal.has_value()) << attempt.username;
    EXPECT_EQ(refusal.error().code(), ErrorCode::invalid_credentials) << attempt.username;
    EXPECT_EQ(refusal.error().public_text(), "Invalid credentials");
    EXPECT_EQ(refusal.error().private_text(), "");
    const auto event = audit.events().back();
    EXPECT_EQ(event.action, AuditAction::login_failed);
    EXPECT_EQ(event.subject, attempt.username);
    EXPECT_EQ(event.reason, attempt.reason) << attempt.username << " / " << attempt.password.substr(0, 20);
  }
  EXPECT_EQ(audit.events().size(), std::size(attempts));
}

TEST_F(AuthenticatorTest, KeepsNoMoreOfATypedNameThanARealOneCanHave) {
  EXPECT_FALSE(log_in(std::string(5000, 'x'), "password").has_value());
  EXPECT_EQ(audit.events().back().subject, std::string(64, 'x'));
}

TEST_F(AuthenticatorTest, RenewsAWeakerHashAtLogin) {
  const auto* const bcrypt_of_alicepw = "$2b$05$G20/yG0ZdJgdrnM5K6L1g.cH/XUq2PvnvSG2ucXtganthFBKwt2Gu";
  add("alice", PasswordHash{bcrypt_of_alicepw});
  EXPECT_FALSE(log_in("alice", "wrong").has_value());
  EXPECT_EQ(stored_hash("alice"), bcrypt_of_alicepw);

  EXPECT_TRUE(log_in("alice", "alicepw").has_value());
  const auto renewed = stored_hash("alice");
  EXPECT_TRUE(renewed.starts_with("$argon2id$")) << renewed;
  EXPECT_THAT(audit.events(), testing::ElementsAre(testing::Field(&AuditEvent::action, AuditAction::login_failed),
                                                   testing::Field(&AuditEvent::action, AuditAction::password_rehashed),
                                                   testing::Field(&AuditEvent::action, AuditAction::login_succeeded)));

  EXPECT_TRUE(log_in("alice", "alicepw").has_value());
  EXPECT_EQ(stored_hash("alice"), renewed) << "once is enough";
}

// A store whose answers the test chooses.
class MockUserStore : public UserStore {
 public:
  MOCK_METHOD(Result<std::optional<User>>, find, (const Username&), (override));
  MOCK_METHOD(Result<std::optional<User>>, find, (UserId), (override));
  MOCK_METHOD(Result<std::optional<UserCredentials>>, find_credentials, (const Username&), (override));
  MOCK_METHOD(Result<User>, add, (const NewUser&, Instant), (override));
  MOCK_METHOD(Result<std::optional<UserRecord>>, find_record, (UserId), (override));
  MOCK_METHOD(Result<UserRecord>, change, (UserId, const UserChange&, const ChangeConditions&, Instant), (override));
  MOCK_METHOD(Result<std::vector<bool>>, add_imported, (std::span<const ImportedUser>, Instant), (override));
  MOCK_METHOD(Result<User>, restore, (UserId, Instant), (override));
  MOCK_METHOD(Done, set_reset, (UserId, const std::string&, Instant, Instant), (override));
  MOCK_METHOD(Result<std::optional<User>>, find_by_reset, (const std::string&, Instant), (override));
  MOCK_METHOD(Result<std::optional<User>>, use_reset, (const std::string&, const PasswordHash&, Instant), (override));
  MOCK_METHOD(Done, set_password_hash, (UserId, const PasswordHash&, Instant), (override));
  MOCK_METHOD(Result<bool>, replace_password_hash, (UserId, const PasswordHash&, const PasswordHash&, Instant),
              (override));
  MOCK_METHOD(Result<UserPage>, list, (std::optional<UserId>, std::size_t), (override));
  MOCK_METHOD(Result<UserRecordPage>, search, (const UserQuery&, Instant), (override));
  MOCK_METHOD(Result<bool>, has_active_with, (std::span<const Role>, Instant), (override));
  MOCK_METHOD(Result<ExportedPage>, list_exported, (std::optional<UserId>, std::size_t), (override));
  MOCK_METHOD(Done, check, (), (override));
};

TEST_F(AuthenticatorTest, PassesAFailureOfTheStoreOn) {
  testing::StrictMock<MockUserStore> broken;
  EXPECT_CALL(broken, find_credentials).WillOnce([](const Username&) -> Result<std::optional<UserCredentials>> {
    return failure(ErrorCode::store_unavailable);
  });
  const auto answer = Authenticator{broken, hasher, audit}.log_in("alice", Secret::copy_of("alicepw"), kOrigin, noon);
  EXPECT_EQ(answer.error().code(), ErrorCode::store_unavailable);
  EXPECT_EQ(audit.events().back().reason, ErrorCode::store_unavailable);
}

TEST_F(AuthenticatorTest, AsksNoStoreForAnOverlongPassword) {
  testing::StrictMock<MockUserStore> unused;
  const Secret overlong = Secret::copy_of(std::string(1025, 'x'));
  EXPECT_FALSE(Authenticator(unused, hasher, audit).log_in("alice", overlong, kOrigin, noon).has_value());
}

TEST_F(AuthenticatorTest, LogsInEvenIfTheHashCannotBeRenewed) {
  testing::StrictMock<MockUserStore> read_only;
  const User alice{UserId{1}, name("alice"), role("user"), AccountState::active, noon};
  EXPECT_CALL(read_only, find_credentials).WillOnce([&](const Username&) -> Result<std::optional<UserCredentials>> {
    return UserCredentials{alice, PasswordHash{"$2b$05$G20/yG0ZdJgdrnM5K6L1g.cH/XUq2PvnvSG2ucXtganthFBKwt2Gu"}};
  });
  EXPECT_CALL(read_only, replace_password_hash).WillOnce([](auto&&...) -> Result<bool> {
    return failure(ErrorCode::store_unavailable);
  });
  const auto user = Authenticator{read_only, hasher, audit}.log_in("alice", Secret::copy_of("alicepw"), kOrigin, noon);
  EXPECT_EQ(user.value(), alice);
  EXPECT_EQ(audit.events().front().action, AuditAction::password_rehashed);
  EXPECT_EQ(audit.events().front().reason, ErrorCode::store_unavailable);
}

// Time of this thread on the processor, so that what else the machine does counts little.
std::chrono::nanoseconds processor_time() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return std::chrono::seconds{time.tv_sec} + std::chrono::nanoseconds{time.tv_nsec};
}

TEST_F(AuthenticatorTest, DoesTheSameWorkForEveryRefusal) {
  const PasswordHasher real;
  Authenticator measured{users, real, audit, {.free_failures = 1000}};
  const auto strong = real.hash(Secret::copy_of("alicepw")).value();
  add("alice", strong);
  users.set_state(add("disabled", strong), AccountState::disabled, noon).value();
  add("weak", hasher.hash(Secret::copy_of("alicepw")).value());
  add("broken", PasswordHash{"no hash at all"});
  const auto median_of = [&](std::string_view username, std::string_view password) {
    std::array<std::chrono::nanoseconds, 7> times;
    for (auto& time : times) {
      const auto start = processor_time();
      EXPECT_FALSE(measured.log_in(username, Secret::copy_of(password), kOrigin, noon).has_value());
      time = processor_time() - start;
    }
    std::ranges::sort(times);
    return times[times.size() / 2];
  };
  const auto wrong_password = median_of("alice", "wrong");
  for (const auto& [username, password] : {std::pair{"nobody", "wrong"},
                                           {"NOT A NAME", "wrong"},
                                           {"disabled", "alicepw"},
                                           {"weak", "wrong"},
                                           {"broken", "wrong"},
                                           {"alice", ""}}) {
    const auto ratio =
        static_cast<double>(median_of(username, password).count()) / static_cast<double>(wrong_password.count());
    EXPECT_GT(ratio, 0.6) << username;
    EXPECT_LT(ratio, 1.67) << username;
  }
}

TEST_F(AuthenticatorTest, LetsAnAccountWaitAfterTenFailuresWhetherThereIsOneOrNot) {
  add("alice", "alicepw");
  for (const auto* username : {"alice", "nobody", "NOT A NAME"}) {
    const Origin origin{std::string("address for ") + username, "request-1"};
    for (int i = 0; i < 10; ++i) {
      EXPECT_EQ(log_in(username, "wrong", origin).error().code(), ErrorCode::invalid_credentials);
    }
    const auto refusal = log_in(username, "alicepw", origin);
    ASSERT_FALSE(refusal.has_value()) << username;
    EXPECT_EQ(refusal.error().code(), ErrorCode::too_many_attempts);
    EXPECT_EQ(refusal.error().details().retry_after, std::chrono::seconds{1});
    EXPECT_EQ(refusal.error().public_text(), "Too many failed attempts; try again in 1 second");
    const auto event = audit.events().back();
    EXPECT_EQ(event.action, AuditAction::login_throttled);
    EXPECT_EQ(event.subject, username);
    EXPECT_EQ(event.reason, ErrorCode::too_many_attempts);
  }
}

TEST_F(AuthenticatorTest, CountsAnOverlongPasswordAsAFailureToo) {
  for (int i = 0; i < 10; ++i) EXPECT_FALSE(log_in("alice", std::string(1025, 'x')).has_value());
  EXPECT_EQ(log_in("alice", "alicepw").error().code(), ErrorCode::too_many_attempts);
}

TEST_F(AuthenticatorTest, AsksNoStoreWhileAnAccountWaits) {
  testing::StrictMock<MockUserStore> asked_once;
  EXPECT_CALL(asked_once, find_credentials).WillOnce([](const Username&) { return std::optional<UserCredentials>{}; });
  Authenticator strict{asked_once, hasher, audit, {.free_failures = 1}};
  const auto password = Secret::copy_of("alicepw");
  EXPECT_EQ(strict.log_in("alice", password, kOrigin, noon).error().code(), ErrorCode::invalid_credentials);
  EXPECT_EQ(strict.log_in("alice", password, kOrigin, noon).error().code(), ErrorCode::too_many_attempts);
}

TEST_F(AuthenticatorTest, CountsNoFailureOfTheStore) {
  testing::NiceMock<MockUserStore> broken;
  ON_CALL(broken, find_credentials).WillByDefault([](const Username&) -> Result<std::optional<UserCredentials>> {
    return failure(ErrorCode::store_unavailable);
  });
  Authenticator strict{broken, hasher, audit, {.free_failures = 1}};
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(strict.log_in("alice", Secret::copy_of("alicepw"), kOrigin, noon).error().code(),
              ErrorCode::store_unavailable);
  }
}

TEST_F(AuthenticatorTest, ConfirmsALoginUnlessItsAccountHasChangedMeanwhile) {
  const auto id = add("alice", "alicepw");
  const auto password = Secret::copy_of("alicepw");
  const auto login = authenticator.authenticate("alice", password, kOrigin, noon).value();
  const auto confirmed = [&] { return authenticator.confirm(login, password, kOrigin, noon).has_value(); };
  EXPECT_TRUE(confirmed());
  ASSERT_TRUE(users.set_password_hash(id, hasher.hash(password).value(), noon));
  EXPECT_TRUE(confirmed()) << "another hash of the same password";
  ASSERT_TRUE(users.set_state(id, AccountState::disabled, noon));
  EXPECT_FALSE(confirmed());
  ASSERT_TRUE(users.set_state(id, AccountState::active, noon));
  ASSERT_TRUE(users.set_password_hash(id, hasher.hash(Secret::copy_of("another")).value(), noon));
  EXPECT_FALSE(confirmed());
  const auto events = audit.events();
  EXPECT_EQ(events.back().action, AuditAction::login_failed);
  EXPECT_EQ(events.back().reason, ErrorCode::invalid_credentials);
}

}  // namespace
}  // namespace cardea
