#include <sys/wait.h>
#include <unistd.h>

#include <cardea/sql/key/sql_key_store.hpp>

#include "database/connection_pool.hpp"
#include "database/scratch_database.hpp"
#include "database/write_transaction.hpp"
#include "key/key_store_contract.hpp"

namespace cardea::sql {
namespace {

template <Dialect kDialect>
class KeysIn {
 public:
  KeyStore& store() { return store_; }

 private:
  ScratchDatabase scratch_{kDialect};
  Database database_ = migrated(scratch_.url());
  SqlKeyStore store_{database_};
};

class KeysInSqliteMemories {
 public:
  KeyStore& store() { return store_; }

 private:
  Database database_ = migrated(DatabaseUrl::parse("sqlite::memory:").value());
  SqlKeyStore store_{database_};
};

}  // namespace
}  // namespace cardea::sql

namespace cardea {

INSTANTIATE_TYPED_TEST_SUITE_P(SqliteFile, KeyStoreContract, sql::KeysIn<sql::Dialect::sqlite>);
INSTANTIATE_TYPED_TEST_SUITE_P(Postgresql, KeyStoreContract, sql::KeysIn<sql::Dialect::postgresql>);
INSTANTIATE_TYPED_TEST_SUITE_P(SqliteMemory, KeyStoreContract, sql::KeysInSqliteMemories);

}  // namespace cardea

namespace cardea::sql {
namespace {

class SqlKeyStoreTest : public testing::TestWithParam<Dialect> {
 protected:
  StoredKey key(std::string_view id, std::optional<KeyId> succeeds = std::nullopt) const {
    return {.id = key_id(id),
            .algorithm = Algorithm::hs256,
            .sealed = "the-sealed-text",
            .created_at = noon,
            .signs_from = noon,
            .longest_token = std::chrono::minutes{30},
            .succeeds = std::move(succeeds),
            .retired_at = std::nullopt};
  }
  void run(const std::string& statement) {
    database.connections()
        .with_connection([&](Connection& connection) -> Done {
          connection.session() << statement;
          return {};
        })
        .value();
  }

  const Instant noon = parse_instant("2026-01-01T12:00:00Z").value();
  ScratchDatabase scratch{GetParam()};
  DatabaseUrl url = scratch.url();
  Database database = migrated(url);
  SqlKeyStore store{database};
};

TEST_P(SqlKeyStoreTest, KeepsKeysWhenTheDatabaseIsClosed) {
  ASSERT_TRUE(store.add(key("a")).value());
  ASSERT_TRUE(store.add(key("b", key_id("a"))).value());
  ASSERT_TRUE(store.retire(key_id("a"), noon).has_value());
  const auto before = store.list().value();
  database = opened(url);
  SqlKeyStore reopened{database};
  EXPECT_EQ(reopened.list().value(), before);
  EXPECT_FALSE(reopened.add(key("c")).value());
  EXPECT_FALSE(reopened.add(key("c", key_id("a"))).value());
  EXPECT_TRUE(reopened.add(key("c", key_id("b"))).value());
}

TEST_P(SqlKeyStoreTest, ShowsAChangeToAnotherHandleOfTheFile) {
  auto other_database = opened(url);
  SqlKeyStore other{other_database};
  ASSERT_TRUE(store.add(key("a")).value());
  EXPECT_EQ(other.list().value(), std::vector{key("a")});
  EXPECT_FALSE(other.add(key("b")).value());
  EXPECT_TRUE(other.replace_sealed(key_id("a"), "the-sealed-text", "another").value());
  EXPECT_FALSE(store.replace_sealed(key_id("a"), "the-sealed-text", "a third").value());
}

TEST_P(SqlKeyStoreTest, AddsOneOfTheSuccessorsOfManyProcessesAtOnce) {
  ASSERT_TRUE(store.add(key("a")).value());
  constexpr int kProcesses = 4, kAdded = 0, kLate = 1, kFailed = 2;
  std::vector<pid_t> children;
  for (int process = 0; process < kProcesses; ++process) {
    const pid_t child = fork();
    if (child == 0) {
      auto own = opened(url);
      const auto added = SqlKeyStore{own}.add(key("from " + std::to_string(process), key_id("a")));
      _exit(!added ? kFailed : *added ? kAdded : kLate);
    }
    children.push_back(child);
  }
  int added = 0, late = 0;
  for (const auto child : children) {
    int status = 0;
    waitpid(child, &status, 0);
    ASSERT_TRUE(WIFEXITED(status));
    added += WEXITSTATUS(status) == kAdded;
    late += WEXITSTATUS(status) == kLate;
  }
  EXPECT_EQ(added, 1);
  EXPECT_EQ(late, kProcesses - 1);
  EXPECT_EQ(store.list().value().size(), 2U);
}

TEST_P(SqlKeyStoreTest, ReportsARowThatItDidNotWrite) {
  ASSERT_TRUE(store.add(key("a")).value());
  ASSERT_TRUE(store.add(key("b", key_id("a"))).value());
  const std::string long_id(129, 'x');
  for (const auto& [good, bad] : {std::pair<std::string, std::string>{"algorithm = 'HS256'", "algorithm = 'none'"},
                                  {"algorithm = 'HS256'", "algorithm = 'hs256'"},
                                  {"kid = 'b'", "kid = '" + long_id + "'"},
                                  {"succeeds = 'a'", "succeeds = '" + long_id + "'"},
                                  {"longest_token = 1800", "longest_token = -1"}}) {
    run("UPDATE signing_keys SET " + bad + " WHERE id = 2");
    const auto refusal = store.list();
    ASSERT_FALSE(refusal.has_value()) << bad;
    EXPECT_EQ(refusal.error().code(), ErrorCode::store_corrupt) << bad;
    EXPECT_TRUE(refusal.error().private_text().starts_with("signing key 2: unreadable ")) << bad;
    EXPECT_EQ(refusal.error().public_text(), "Internal Server Error");
    run("UPDATE signing_keys SET " + good + " WHERE id = 2");
    EXPECT_EQ(store.list().value().size(), 2U);
  }
}

TEST_P(SqlKeyStoreTest, ReportsADatabaseThatFailsAndRecovers) {
  EXPECT_TRUE(store.list().has_value());
  run("ALTER TABLE signing_keys RENAME TO elsewhere");
  EXPECT_EQ(store.list().error().code(), ErrorCode::store_unavailable);
  EXPECT_EQ(store.retire(key_id("a"), noon).error().code(), ErrorCode::store_unavailable);
  const auto refusal = store.add(key("a"));
  EXPECT_EQ(refusal.error().code(), ErrorCode::store_unavailable);
  EXPECT_FALSE(refusal.error().private_text().contains("the-sealed-text")) << refusal.error().private_text();
  run("ALTER TABLE elsewhere RENAME TO signing_keys");
  EXPECT_TRUE(store.add(key("a")).value());
}

TEST_P(SqlKeyStoreTest, WaitsNoLongerForAnotherWriterThanItsPatience) {
  auto impatient_database = opened(url, {.connections = 1, .lock_patience = std::chrono::milliseconds{20}});
  SqlKeyStore impatient{impatient_database};
  database.connections()
      .with_connection([&](Connection& connection) -> Done {
        const WriteTransaction transaction{connection};
        connection.session() << "UPDATE changes SET version = version + 1";
        EXPECT_EQ(impatient.add(key("a")).error().code(), ErrorCode::store_unavailable);
        EXPECT_TRUE(impatient.list().has_value()) << "readers do not wait for writers";
        return {};
      })
      .value();
  EXPECT_TRUE(impatient.add(key("a")).value());
}

INSTANTIATE_TEST_SUITE_P(Sql, SqlKeyStoreTest, each_dialect(), name_of_dialect);

TEST(SqlKeyStoreInSqlite, ReportsTextThatIsNoUtf8) {
  const ScratchFolder folder;
  auto database = migrated(url_of(folder / "keys.db"));
  SqlKeyStore store{database};
  ASSERT_TRUE(database.connections().write([](Connection& connection) -> Done {
    connection.session() << "INSERT INTO signing_keys (kid, algorithm, sealed, created_at, signs_from, longest_token, "
                            "succeeds) VALUES (CAST(x'ff' AS TEXT), 'HS256', 's', 0, 0, 0, '')";
    return {};
  }));
  EXPECT_EQ(store.list().error().code(), ErrorCode::store_corrupt);
}

}  // namespace
}  // namespace cardea::sql
