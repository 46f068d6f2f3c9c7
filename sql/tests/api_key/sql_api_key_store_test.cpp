#include <cardea/sql/account/sql_user_store.hpp>
#include <cardea/sql/api_key/sql_api_key_store.hpp>

#include "api_key/api_key_store_contract.hpp"
#include "database/connection_pool.hpp"
#include "database/scratch_database.hpp"

namespace cardea::sql {
namespace {

void add_two_users(Database& database) {
  SqlUserStore users{database};
  for (const auto* name : {"alice", "bob"}) {
    users.add({Username::parse(name).value(), Role::parse("user").value(), PasswordHash{"x"}}, Instant{}).value();
  }
}

template <Dialect kDialect>
class ApiKeysIn {
 public:
  ApiKeysIn() { add_two_users(database_); }
  ApiKeyStore& store() { return store_; }

 private:
  ScratchDatabase scratch_{kDialect};
  Database database_ = migrated(scratch_.url());
  SqlApiKeyStore store_{database_};
};

class ApiKeysInSqliteMemories {
 public:
  ApiKeysInSqliteMemories() { add_two_users(database_); }
  ApiKeyStore& store() { return store_; }

 private:
  Database database_ = migrated(DatabaseUrl::parse("sqlite::memory:").value());
  SqlApiKeyStore store_{database_};
};

class SqlApiKeyStoreTest : public testing::TestWithParam<Dialect> {
 protected:
  void SetUp() override { add_two_users(database); }
  ApiKey new_key() const {
    return {.id = ApiKeyId::random(),
            .owner = {UserId{1}, Username::parse("alice").value()},
            .name = ApiKeyName::parse("backup").value(),
            .scopes = PermissionSet::from_scope("posts:*"),
            .created_at = noon,
            .expires_at = noon + std::chrono::days{90},
            .last_used_at = std::nullopt,
            .revoked_at = std::nullopt};
  }
  void run(const std::string& statement) {
    ASSERT_TRUE(database.connections().write([&](Connection& connection) -> Done {
      connection.session() << statement;
      return {};
    }));
  }
  std::uint64_t version() { return database.changes().value().at("api_keys"); }

  const Instant noon = parse_instant("2026-01-01T12:00:00Z").value();
  ScratchDatabase scratch{GetParam()};
  Database database = migrated(scratch.url());
  SqlApiKeyStore store{database};
};

TEST_P(SqlApiKeyStoreTest, KeepsKeysAcrossARestart) {
  auto key = new_key();
  ASSERT_TRUE(store.add(key, "d"));
  ASSERT_TRUE(store.touch(key.id, noon).value());
  key.last_used_at = noon;
  auto reopened = opened(scratch.url());
  EXPECT_EQ(SqlApiKeyStore{reopened}.find_by_digest("d").value(), key);
}

TEST_P(SqlApiKeyStoreTest, HasNoKeysOfUsersWhoAreNotThere) {
  auto key = new_key();
  key.owner.id = UserId{77};
  EXPECT_FALSE(store.add(key, "d"));
  EXPECT_EQ(store.find_by_digest("d").value(), std::nullopt);
}

TEST_P(SqlApiKeyStoreTest, SaysThatARowIsNotItsOwn) {
  for (const std::string change : {"api_keys SET id = 'x'", "api_keys SET name = ''", "api_keys SET name = 'a\n'",
                                   "api_keys SET scopes = 'Posts'", "users SET username = 'No Name' WHERE id = 1"}) {
    run("DELETE FROM api_keys");
    ASSERT_TRUE(store.add(new_key(), "d"));
    run("UPDATE " + change);
    const auto found = store.find_by_digest("d");
    ASSERT_FALSE(found) << change;
    EXPECT_EQ(found.error().code(), ErrorCode::store_corrupt) << change;
    EXPECT_EQ(store.list(UserId{1}).error().code(), ErrorCode::store_corrupt) << change;
  }
}

TEST_P(SqlApiKeyStoreTest, TellsOfEveryChangeButNotOfAUse) {
  const auto key = new_key();
  auto seen = version();
  const auto has_changed = [&] { return std::exchange(seen, version()) != seen; };
  ASSERT_TRUE(store.add(key, "d"));
  EXPECT_TRUE(has_changed());
  ASSERT_TRUE(store.touch(key.id, noon).value());
  EXPECT_FALSE(has_changed());
  ASSERT_TRUE(store.revoke(key.id, key.owner.id, noon).value());
  EXPECT_TRUE(has_changed());
  EXPECT_FALSE(store.revoke(key.id, key.owner.id, noon).value());
  EXPECT_FALSE(has_changed());
  run("UPDATE api_keys SET scopes = ''");
  EXPECT_TRUE(has_changed());
  ASSERT_EQ(store.prune(noon + std::chrono::days{1}, 1).value(), 1U);
  EXPECT_TRUE(has_changed());
}

TEST_P(SqlApiKeyStoreTest, OfTwoProcessesOneWritesAUseDown) {
  const auto key = new_key();
  ASSERT_TRUE(store.add(key, "d"));
  auto other_process = opened(scratch.url());
  EXPECT_TRUE(SqlApiKeyStore{other_process}.touch(key.id, noon).value());
  EXPECT_FALSE(store.touch(key.id, noon + std::chrono::seconds{1}).value());
  EXPECT_EQ(store.find_by_digest("d").value()->last_used_at, noon);
}

INSTANTIATE_TEST_SUITE_P(Sql, SqlApiKeyStoreTest, each_dialect(), name_of_dialect);

}  // namespace
}  // namespace cardea::sql

namespace cardea {

INSTANTIATE_TYPED_TEST_SUITE_P(SqliteFile, ApiKeyStoreContract, sql::ApiKeysIn<sql::Dialect::sqlite>);
INSTANTIATE_TYPED_TEST_SUITE_P(Postgresql, ApiKeyStoreContract, sql::ApiKeysIn<sql::Dialect::postgresql>);
INSTANTIATE_TYPED_TEST_SUITE_P(SqliteMemory, ApiKeyStoreContract, sql::ApiKeysInSqliteMemories);

}  // namespace cardea
