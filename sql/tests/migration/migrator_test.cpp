#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cardea/sql/account/sql_user_store.hpp>
#include <cardea/sql/key/sql_key_store.hpp>
#include <cardea/sql/migration/migrator.hpp>
#include <latch>
#include <thread>

#include "database/connection_pool.hpp"
#include "database/scratch_database.hpp"

namespace cardea::sql {
namespace {

constexpr Migration kFirst{1, "0001_first", "CREATE TABLE first (id BIGINT);\nINSERT INTO first VALUES (1);", "aa"};
constexpr Migration kSecond{2, "0002_second", "ALTER TABLE first ADD COLUMN more TEXT;", "bb"};
constexpr std::array kOne{kFirst};
constexpr std::array kTwo{kFirst, kSecond};

class MigratorTest : public testing::TestWithParam<Dialect> {
 protected:
  Result<std::size_t> migrate(std::span<const Migration> migrations) {
    return Migrator{database, migrations}.migrate(noon);
  }
  std::vector<MigrationStatus> status(std::span<const Migration> migrations) {
    return Migrator{database, migrations}.status().value();
  }

  // A row as the first release wrote it: today's store needs today's columns.
  void add_user_of_first_release(const std::string& name, const std::string& state) {
    const auto done = database.connections().write([&](Connection& connection) -> Done {
      connection.session()
          << "INSERT INTO users (username, role, state, password_hash, created_at, updated_at) VALUES ('" << name
          << "', 'user', '" << state << "', 'h', 0, 0)";
      return {};
    });
    ASSERT_TRUE(done.has_value());
  }

  const Instant noon = parse_instant("2026-01-01T12:00:00Z").value();
  ScratchDatabase scratch{GetParam()}, fresh{GetParam()};
  DatabaseUrl url = scratch.url();
  Database database = opened(url);
};

TEST_P(MigratorTest, AppliesWhatIsMissingOnce) {
  EXPECT_EQ(migrate(kOne).value(), 1U);
  EXPECT_EQ(migrate(kOne).value(), 0U);
  EXPECT_EQ(migrate(kTwo).value(), 1U);
  EXPECT_EQ(migrate(kTwo).value(), 0U);
}

TEST_P(MigratorTest, ListsWhatIsAppliedAndWhatIsMissingWithoutChangingIt) {
  for (int i = 0; i < 2; ++i) {
    const auto before = status(kTwo);
    ASSERT_EQ(before.size(), 2U);
    EXPECT_EQ(before[0].name, "0001_first");
    EXPECT_EQ(before[0].applied_at, std::nullopt);
  }
  migrate(kOne).value();
  const auto after = status(kTwo);
  EXPECT_EQ(after[0].applied_at, noon);
  EXPECT_EQ(after[1].version, 2);
  EXPECT_EQ(after[1].applied_at, std::nullopt);
}

TEST_P(MigratorTest, RefusesADatabaseOfALaterProgramAndSaysBothVersions) {
  migrate(kTwo).value();
  const auto refusal = migrate(kOne);
  EXPECT_EQ(refusal.error().code(), ErrorCode::schema_too_new);
  EXPECT_EQ(refusal.error().public_text(),
            "The database's schema is version 2, this program knows no later one than 1. Run the version that migrated "
            "it, or a later one.");
  EXPECT_EQ(status(kOne).back().name, "0002_second") << "the status shows it all the same";
}

TEST_P(MigratorTest, RefusesADatabaseWhoseMigrationIsNotItsOwn) {
  migrate(kOne).value();
  auto changed = kTwo;
  changed[0].sha256 = "cc";
  const auto refusal = migrate(changed);
  EXPECT_EQ(refusal.error().code(), ErrorCode::store_corrupt);
  EXPECT_TRUE(refusal.error().public_text().contains("0001_first"));
  EXPECT_EQ((Migrator{database, changed}.status().error().code()), ErrorCode::store_corrupt);
  EXPECT_EQ(status(kTwo)[1].applied_at, std::nullopt) << "nothing was applied";
}

TEST_P(MigratorTest, AppliesAllThatIsMissingOrNothing) {
  constexpr std::array broken{kFirst, Migration{2, "0002_broken", "CREATE TABLE second (id BIGINT);\nNO SQL;", "bb"}};
  EXPECT_EQ(migrate(broken).error().code(), ErrorCode::store_unavailable);
  const auto after = status(broken);
  EXPECT_TRUE(std::ranges::none_of(after, [](const auto& row) { return row.applied_at.has_value(); }));
  EXPECT_EQ(migrate(kTwo).value(), 2U) << "the tables of the failed attempt are gone";
}

TEST_P(MigratorTest, LetsOneOfManyWhoStartTogetherDoTheWork) {
  std::atomic<std::size_t> applied = 0;
  std::latch start{8};
  std::vector<std::jthread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      start.arrive_and_wait();
      auto own = Database::open(fresh.url());
      ASSERT_TRUE(own.has_value()) << own.error().private_text();
      const auto count = Migrator{*own}.migrate(noon);
      ASSERT_TRUE(count.has_value()) << count.error().private_text();
      applied += *count;
      EXPECT_TRUE(SqlUserStore{*own}.check().has_value());
    });
  }
  threads.clear();
  EXPECT_EQ(applied, embedded_migrations(GetParam()).size());
}

TEST_P(MigratorTest, GivesADatabaseOfTheFirstReleaseItsKeysAndLeavesItsUsers) {
  const auto all = embedded_migrations(GetParam());
  migrate(all.first(1)).value();
  add_user_of_first_release("alice", "active");
  add_user_of_first_release("bob", "deleted");

  database = opened(url);
  EXPECT_EQ(migrate(all).value(), all.size() - 1);
  SqlUserStore users{database};
  const auto alice = users.find_credentials(Username::parse("alice").value()).value().value();
  EXPECT_EQ(alice.user.state, AccountState::active);
  EXPECT_EQ(alice.user.created_at, Instant{});
  EXPECT_EQ(alice.password_hash, PasswordHash{"h"});
  const auto bob = users.find_credentials(Username::parse("bob").value()).value().value();
  EXPECT_EQ(bob.user.state, AccountState::deleted);
  EXPECT_EQ(bob.password_hash, PasswordHash{""}) << "nothing personal stays of a deleted account";
  EXPECT_TRUE(SqlKeyStore{database}.list().value().empty());
}

TEST_P(MigratorTest, CountsTheChangesOfRowsThatWereThereBeforeItsTables) {
  const auto all = embedded_migrations(GetParam());
  migrate(all.first(2)).value();
  SqlUserStore users{database};
  add_user_of_first_release("carol", "active");
  SqlKeyStore keys{database};
  const auto id = KeyId::parse("k").value();
  ASSERT_TRUE(keys.add({id, Algorithm::hs256, "sealed", noon, noon, std::chrono::minutes{30}, {}, {}}).value());
  const auto key = keys.list().value();
  EXPECT_EQ(database.changes().error().code(), ErrorCode::store_unavailable);

  EXPECT_EQ(migrate(all).value(), all.size() - 2);
  const auto carol = users.find(Username::parse("carol").value()).value().value();
  EXPECT_EQ(keys.list().value(), key);
  const auto expect_changes = [&](std::uint64_t of_keys, std::uint64_t of_users) {
    const auto versions = database.changes().value();
    EXPECT_EQ(versions.at("keys"), of_keys);
    EXPECT_EQ(versions.at("users"), of_users);
  };
  expect_changes(0, 0);
  users.set_state(carol.id, AccountState::disabled, noon).value();
  expect_changes(0, 1);
  ASSERT_TRUE(keys.retire(id, noon));
  expect_changes(1, 1);
}

INSTANTIATE_TEST_SUITE_P(Sql, MigratorTest, each_dialect(), name_of_dialect);

TEST(EmbeddedMigrations, AreNumberedFromOneWithoutAGapForEachDialect) {
  for (const auto dialect : {Dialect::sqlite, Dialect::postgresql}) {
    std::int64_t version = 0;
    for (const auto& migration : embedded_migrations(dialect)) {
      EXPECT_EQ(migration.version, ++version);
      EXPECT_EQ(migration.sha256.size(), 64U);
    }
    EXPECT_GE(version, 1);
  }
}

TEST(EmbeddedMigrations, TakeTheTwinWhereThereIsOne) {
  for (const std::size_t step : {0U, 1U, 4U}) {
    EXPECT_TRUE(embedded_migrations(Dialect::sqlite)[step].sql.contains("AUTOINCREMENT"));
    EXPECT_FALSE(embedded_migrations(Dialect::postgresql)[step].sql.contains("AUTOINCREMENT"));
    EXPECT_TRUE(embedded_migrations(Dialect::postgresql)[step].sql.contains("GENERATED ALWAYS AS IDENTITY"));
  }
  EXPECT_FALSE(embedded_migrations(Dialect::sqlite)[2].sql.contains("plpgsql"));
  EXPECT_TRUE(embedded_migrations(Dialect::postgresql)[2].sql.contains("plpgsql"));
}

}  // namespace
}  // namespace cardea::sql
