#include <cardea/core/account/cached_user_store.hpp>
#include <cardea/core/account/memory_user_store.hpp>
#include <functional>

#include "account/user_guard_contract.hpp"
#include "account/user_import_contract.hpp"
#include "account/user_search_contract.hpp"
#include "account/user_store_contract.hpp"

namespace cardea {
namespace {

class CachedStores {
 public:
  UserStore& store() { return cached_; }

 private:
  MemoryUserStore memory_;
  CachedUserStore cached_{memory_, 4};  // so few that accounts are forgotten under way
};

INSTANTIATE_TYPED_TEST_SUITE_P(Cached, UserStoreContract, CachedStores);
INSTANTIATE_TYPED_TEST_SUITE_P(Cached, UserImportContract, CachedStores);
INSTANTIATE_TYPED_TEST_SUITE_P(Cached, UserSearchContract, CachedStores);
INSTANTIATE_TYPED_TEST_SUITE_P(Cached, UserGuardContract, CachedStores);

// A memory store that counts look-ups by name and can be interrupted between reading a row and answering.
class SlowStore final : public UserStore {
 public:
  Result<std::optional<User>> find(const Username& username) override {
    ++look_ups;
    auto found = rows.find(username);
    if (before_answering) std::exchange(before_answering, nullptr)();
    if (breaks) return failure(ErrorCode::store_unavailable);
    return found;
  }
  Result<std::optional<User>> find(UserId id) override { return rows.find(id); }
  Result<std::optional<UserCredentials>> find_credentials(const Username& username) override {
    return rows.find_credentials(username);
  }
  Result<User> add(const NewUser& user, Instant now) override { return rows.add(user, now); }
  Result<UserRecord> change(UserId id, const UserChange& change, const ChangeConditions& conditions,
                            Instant now) override {
    auto changed = rows.change(id, change, conditions, now);
    if (breaks) return failure(ErrorCode::store_unavailable);
    return changed;
  }
  Result<std::vector<bool>> add_imported(std::span<const ImportedUser> imported, Instant now) override {
    return rows.add_imported(imported, now);
  }
  Result<std::optional<UserRecord>> find_record(UserId id) override { return rows.find_record(id); }
  Result<User> restore(UserId id, Instant now) override { return rows.restore(id, now); }
  Done set_reset(UserId id, const std::string& digest, Instant end, Instant now) override {
    return rows.set_reset(id, digest, end, now);
  }
  Result<std::optional<User>> find_by_reset(const std::string& digest, Instant now) override {
    return rows.find_by_reset(digest, now);
  }
  Result<std::optional<User>> use_reset(const std::string& digest, const PasswordHash& hash, Instant now) override {
    return rows.use_reset(digest, hash, now);
  }
  Done set_password_hash(UserId id, const PasswordHash& hash, Instant now) override {
    return rows.set_password_hash(id, hash, now);
  }
  Result<bool> replace_password_hash(UserId id, const PasswordHash& expected, const PasswordHash& replacement,
                                     Instant now) override {
    return rows.replace_password_hash(id, expected, replacement, now);
  }
  Result<UserPage> list(std::optional<UserId> after, std::size_t limit) override { return rows.list(after, limit); }
  Result<UserRecordPage> search(const UserQuery& query, Instant now) override { return rows.search(query, now); }
  Result<bool> has_active_with(std::span<const Role> roles, Instant now) override {
    return rows.has_active_with(roles, now);
  }
  Result<ExportedPage> list_exported(std::optional<UserId> after, std::size_t limit) override {
    return rows.list_exported(after, limit);
  }
  Done check() override { return rows.check(); }

  MemoryUserStore rows;
  int look_ups = 0;
  bool breaks = false;
  std::function<void()> before_answering;
};

class CachedUserStoreTest : public testing::Test {
 protected:
  CachedUserStoreTest() { behind.add({alice, role("user"), PasswordHash{"h"}}, noon).value(); }

  AccountState state_found() { return cached.find(alice).value()->state; }

  const Instant noon = at("2026-01-01T12:00:00Z");
  const Username alice = name("alice");
  SlowStore behind;
  CachedUserStore cached{behind};
};

TEST_F(CachedUserStoreTest, AsksTheStoreOnceForAnAccount) {
  EXPECT_EQ(cached.find_without_waiting(alice), std::nullopt);
  const auto first = cached.find(alice).value();
  EXPECT_EQ(cached.find(alice).value(), first);
  EXPECT_EQ(cached.find_without_waiting(alice), first);
  EXPECT_EQ(behind.look_ups, 1);
}

TEST_F(CachedUserStoreTest, AsksAgainForANameOfNoAccount) {
  EXPECT_EQ(cached.find(name("nobody")).value(), std::nullopt);
  behind.add({name("nobody"), role("user"), PasswordHash{"h"}}, noon).value();
  EXPECT_NE(cached.find(name("nobody")).value(), std::nullopt);
}

TEST_F(CachedUserStoreTest, ShowsAChangeMadeThroughItAtOnce) {
  cached.find(alice).value();
  cached.set_state(UserId{1}, AccountState::disabled, noon).value();
  EXPECT_EQ(cached.find_without_waiting(alice), std::nullopt);
  EXPECT_EQ(state_found(), AccountState::disabled);
  cached.set_role(UserId{1}, role("admin"), noon).value();
  EXPECT_EQ(cached.find(alice).value()->role, role("admin"));
}

TEST_F(CachedUserStoreTest, ShowsAChangeMadePastItOnceToldOf) {
  cached.find(alice).value();
  behind.set_state(UserId{1}, AccountState::disabled, noon).value();
  EXPECT_EQ(state_found(), AccountState::active);
  cached.invalidate(alice);
  EXPECT_EQ(state_found(), AccountState::disabled);

  behind.set_state(UserId{1}, AccountState::active, noon).value();
  cached.invalidate_all();
  EXPECT_EQ(cached.find_without_waiting(alice), std::nullopt);
  EXPECT_EQ(state_found(), AccountState::active);
}

TEST_F(CachedUserStoreTest, DoesNotRememberARowReadBeforeAnInvalidation) {
  for (const bool all : {false, true}) {
    behind.set_state(UserId{1}, AccountState::active, noon).value();
    cached.invalidate_all();
    behind.before_answering = [&] {
      behind.set_state(UserId{1}, AccountState::disabled, noon).value();
      all ? cached.invalidate_all() : cached.invalidate(alice);
    };
    EXPECT_EQ(state_found(), AccountState::active) << "the row as it was when it was read";
    EXPECT_EQ(cached.find_without_waiting(alice), std::nullopt);
    EXPECT_EQ(state_found(), AccountState::disabled);
  }
}

TEST_F(CachedUserStoreTest, DoesNotRememberARowReadBeforeItsOwnChange) {
  behind.before_answering = [&] { cached.set_state(UserId{1}, AccountState::disabled, noon).value(); };
  EXPECT_EQ(state_found(), AccountState::active);
  EXPECT_EQ(state_found(), AccountState::disabled);
}

TEST_F(CachedUserStoreTest, ForgetsEverythingWhenAChangeMayOrMayNotHaveHappened) {
  cached.find(alice).value();
  behind.breaks = true;
  EXPECT_EQ(cached.set_state(UserId{1}, AccountState::disabled, noon).error().code(), ErrorCode::store_unavailable);
  behind.breaks = false;
  EXPECT_EQ(state_found(), AccountState::disabled);
}

TEST_F(CachedUserStoreTest, PassesAFailureOnAndDoesNotRememberIt) {
  behind.breaks = true;
  EXPECT_EQ(cached.find(alice).error().code(), ErrorCode::store_unavailable);
  behind.breaks = false;
  EXPECT_EQ(state_found(), AccountState::active);
}

TEST_F(CachedUserStoreTest, HoldsNoMoreThanItsCapacity) {
  CachedUserStore small{behind, 32};
  for (int i = 0; i < 500; ++i) {
    const auto username = name("u" + std::to_string(i));
    behind.add({username, role("user"), PasswordHash{"h"}}, noon).value();
    small.find(username).value();
    EXPECT_NE(small.find_without_waiting(username), std::nullopt) << "the last one found is there";
  }
  int remembered = 0;
  for (int i = 0; i < 500; ++i)
    remembered += small.find_without_waiting(name("u" + std::to_string(i))).has_value() ? 1 : 0;
  EXPECT_LE(remembered, 32);
  EXPECT_GE(remembered, 16);
}

}  // namespace
}  // namespace cardea
