#include <sys/wait.h>
#include <unistd.h>

#include <cardea/core/account/cached_user_store.hpp>
#include <cardea/sql/account/sql_user_store.hpp>

#include "account/new_user.hpp"
#include "account/user_guard_contract.hpp"
#include "account/user_import_contract.hpp"
#include "account/user_search_contract.hpp"
#include "account/user_store_contract.hpp"
#include "database/connection_pool.hpp"
#include "database/scratch_database.hpp"
#include "database/write_transaction.hpp"

namespace cardea::sql {
namespace {

template <Dialect kDialect>
class UsersIn {
 public:
  UserStore& store() { return store_; }

 private:
  ScratchDatabase scratch_{kDialect};
  Database database_ = migrated(scratch_.url());
  SqlUserStore store_{database_};
};

class UsersInSqliteMemories {
 public:
  UserStore& store() { return store_; }

 private:
  Database database_ = migrated(DatabaseUrl::parse("sqlite::memory:").value());
  SqlUserStore store_{database_};
};

template <Dialect kDialect>
class UsersBehindACache {
 public:
  UserStore& store() { return cached_; }

 private:
  ScratchDatabase scratch_{kDialect};
  Database database_ = migrated(scratch_.url());
  SqlUserStore store_{database_};
  CachedUserStore cached_{store_};
};

}  // namespace
}  // namespace cardea::sql

namespace cardea {

INSTANTIATE_TYPED_TEST_SUITE_P(SqliteFile, UserStoreContract, sql::UsersIn<sql::Dialect::sqlite>);
INSTANTIATE_TYPED_TEST_SUITE_P(SqliteMemory, UserStoreContract, sql::UsersInSqliteMemories);
INSTANTIATE_TYPED_TEST_SUITE_P(Postgresql, UserStoreContract, sql::UsersIn<sql::Dialect::postgresql>);
INSTANTIATE_TYPED_TEST_SUITE_P(CachedSqliteFile, UserStoreContract, sql::UsersBehindACache<sql::Dialect::sqlite>);
INSTANTIATE_TYPED_TEST_SUITE_P(CachedPostgresql, UserStoreContract, sql::UsersBehindACache<sql::Dialect::postgresql>);

INSTANTIATE_TYPED_TEST_SUITE_P(SqliteFile, UserImportContract, sql::UsersIn<sql::Dialect::sqlite>);
INSTANTIATE_TYPED_TEST_SUITE_P(SqliteMemory, UserImportContract, sql::UsersInSqliteMemories);
INSTANTIATE_TYPED_TEST_SUITE_P(Postgresql, UserImportContract, sql::UsersIn<sql::Dialect::postgresql>);
INSTANTIATE_TYPED_TEST_SUITE_P(CachedSqliteFile, UserImportContract, sql::UsersBehindACache<sql::Dialect::sqlite>);
INSTANTIATE_TYPED_TEST_SUITE_P(CachedPostgresql, UserImportContract, sql::UsersBehindACache<sql::Dialect::postgresql>);

INSTANTIATE_TYPED_TEST_SUITE_P(SqliteFile, UserSearchContract, sql::UsersIn<sql::Dialect::sqlite>);
INSTANTIATE_TYPED_TEST_SUITE_P(SqliteMemory, UserSearchContract, sql::UsersInSqliteMemories);
INSTANTIATE_TYPED_TEST_SUITE_P(Postgresql, UserSearchContract, sql::UsersIn<sql::Dialect::postgresql>);

INSTANTIATE_TYPED_TEST_SUITE_P(SqliteFile, UserGuardContract, sql::UsersIn<sql::Dialect::sqlite>);
INSTANTIATE_TYPED_TEST_SUITE_P(SqliteMemory, UserGuardContract, sql::UsersInSqliteMemories);
INSTANTIATE_TYPED_TEST_SUITE_P(Postgresql, UserGuardContract, sql::UsersIn<sql::Dialect::postgresql>);

}  // namespace cardea

namespace cardea::sql {
namespace {

class SqlUserStoreTest : public testing::TestWithParam<Dialect> {
 protected:
  const Instant noon = at("2026-01-01T12:00:00Z");
  ScratchDatabase scratch{GetParam()};
  DatabaseUrl url = scratch.url();
  Database database = migrated(url);
  SqlUserStore store{database};
};

TEST_P(SqlUserStoreTest, KeepsAccountsWhenTheDatabaseIsClosed) {
  const auto alice = store.add(new_user("alice"), noon).value();
  database = opened(url);
  EXPECT_EQ(SqlUserStore{database}.find(name("alice")).value(), alice);
}

TEST_P(SqlUserStoreTest, ShowsAChangeToAnotherHandleOfTheFile) {
  auto other_database = opened(url);
  SqlUserStore other{other_database};
  const auto id = store.add(new_user("alice"), noon).value().id;
  EXPECT_EQ(other.find(name("alice")).value()->state, AccountState::active);
  store.set_state(id, AccountState::disabled, noon).value();
  EXPECT_EQ(other.find(name("alice")).value()->state, AccountState::disabled);
  EXPECT_EQ(other.add(new_user("alice"), noon).error().code(), ErrorCode::username_taken);
}

TEST_P(SqlUserStoreTest, SharesTheFileWithOtherProcessesThatWrite) {
  constexpr int kProcesses = 4, kEach = 20;
  std::vector<pid_t> children;
  for (int process = 0; process < kProcesses; ++process) {
    const pid_t child = fork();
    if (child == 0) {
      auto own = opened(url);
      SqlUserStore users{own};
      bool all = true;
      for (int i = 0; i < kEach; ++i) {
        all = users.add(new_user("u" + std::to_string(process) + "-" + std::to_string(i)), noon).has_value() && all;
      }
      _exit(all ? 0 : 1);
    }
    children.push_back(child);
  }
  for (const auto child : children) {
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
  }
  EXPECT_EQ(store.list(std::nullopt, 1000).value().users.size(), std::size_t{kProcesses * kEach});
}

TEST_P(SqlUserStoreTest, ReportsARowThatItDidNotWrite) {
  store.add(new_user("alice"), noon).value();
  database.connections()
      .with_connection([](Connection& connection) -> Done {
        connection.session() << "UPDATE users SET role = 'NO ROLE'";
        return {};
      })
      .value();
  EXPECT_EQ(store.find(name("alice")).error().code(), ErrorCode::store_corrupt);
  EXPECT_EQ(store.list(std::nullopt, 10).error().code(), ErrorCode::store_corrupt);
  EXPECT_EQ(store.find(name("alice")).error().public_text(), "Internal Server Error");
}

TEST_P(SqlUserStoreTest, ReportsADatabaseThatFailsAndRecovers) {
  const auto run = [&](const char* statement) {
    database.connections()
        .with_connection([&](Connection& connection) -> Done {
          connection.session() << statement;
          return {};
        })
        .value();
  };
  EXPECT_TRUE(store.find(name("alice")).has_value());
  run("ALTER TABLE users RENAME TO elsewhere");
  const auto refusal = store.add({name("alice"), role("user"), PasswordHash{"the-hash"}}, noon);
  EXPECT_EQ(refusal.error().code(), ErrorCode::store_unavailable);
  EXPECT_FALSE(refusal.error().private_text().empty());
  EXPECT_FALSE(refusal.error().private_text().contains("the-hash")) << refusal.error().private_text();
  EXPECT_EQ(store.check().error().code(), ErrorCode::store_unavailable);
  run("ALTER TABLE elsewhere RENAME TO users");
  EXPECT_TRUE(store.add(new_user("alice"), noon).has_value());
  EXPECT_TRUE(store.check().has_value());
}

TEST_P(SqlUserStoreTest, WaitsNoLongerForAnotherWriterThanItsPatience) {
  auto impatient_database = opened(url, {.connections = 1, .lock_patience = std::chrono::milliseconds{20}});
  SqlUserStore impatient{impatient_database};
  const auto alice = store.add(new_user("alice"), noon).value();
  const auto disable = [&] { return impatient.set_state(alice.id, AccountState::disabled, noon); };
  database.connections()
      .with_connection([&](Connection& connection) -> Done {
        const WriteTransaction transaction{connection};
        connection.session() << "UPDATE users SET role = 'admin'";
        EXPECT_EQ(disable().error().code(), ErrorCode::store_unavailable);
        EXPECT_TRUE(impatient.find(name("alice")).has_value()) << "readers do not wait for writers";
        return {};
      })
      .value();
  EXPECT_TRUE(disable().has_value());
}

INSTANTIATE_TEST_SUITE_P(Sql, SqlUserStoreTest, each_dialect(), name_of_dialect);

TEST(SqlUserStoreInSqlite, FindsByNameThroughTheIndex) {
  const ScratchFolder folder;
  auto database = migrated(url_of(folder / "users.db"));
  const auto plan = database.connections().with_connection([](Connection& connection) -> Result<std::string> {
    std::string text, detail;
    int id = 0, parent = 0, unused = 0;
    soci::statement explain =
        (connection.session().prepare << "EXPLAIN QUERY PLAN SELECT id FROM users WHERE username = 'alice'",
         soci::into(id), soci::into(parent), soci::into(unused), soci::into(detail));
    explain.execute();
    while (explain.fetch()) text += detail;
    return text;
  });
  EXPECT_TRUE(plan.value().starts_with("SEARCH users USING")) << plan.value();
}

}  // namespace
}  // namespace cardea::sql
