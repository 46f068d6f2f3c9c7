#include <gtest/gtest.h>

#include <cardea/sql/database/database_health.hpp>
#include <fstream>

#include "database/connection_pool.hpp"
#include "database/scratch_database.hpp"

namespace cardea::sql {
namespace {

TEST(SqliteHealth, IsGoodForADatabaseThatWasMadeHere) {
  const ScratchFolder folder;
  const auto file = folder / "a.db";
  {
    migrated(url_of(file));
  }
  EXPECT_TRUE(keeps_write_ahead_log(file));
  auto database = Database::open(url_of(file), {.connections = 1, .read_only = true}).value();
  EXPECT_EQ(sqlite_quick_check(database).value(), "ok");
}

TEST(SqliteHealth, ShowsAnotherJournal) {
  const ScratchFolder folder;
  const auto file = folder / "a.db";
  {
    migrated(url_of(file));
  }
  {
    std::fstream header{file, std::ios::in | std::ios::out | std::ios::binary};
    header.seekp(18);
    header << "\x01\x01";
  }
  EXPECT_FALSE(keeps_write_ahead_log(file));
  EXPECT_FALSE(keeps_write_ahead_log(folder / "none.db"));
}

TEST(SqliteHealth, NamesWhatIsDamaged) {
  const ScratchFolder folder;
  const auto file = folder / "a.db";
  {
    migrated(url_of(file));
  }
  {
    std::fstream pages{file, std::ios::in | std::ios::out | std::ios::binary};
    pages.seekp(4096 + 8);  // the header of the second page
    pages << std::string(200, '\xff');
  }
  auto database = Database::open(url_of(file), {.connections = 1, .read_only = true}).value();
  const auto verdict = sqlite_quick_check(database);
  EXPECT_TRUE(!verdict || *verdict != "ok");
}

class PostgresqlHealthTest : public testing::Test {
 protected:
  PostgresqlScratch scratch;
  Database database = migrated(scratch.url());
};

TEST_F(PostgresqlHealthTest, IsThatOfTheServer) {
  const auto health = postgresql_health(database).value();
  EXPECT_NE(health.version, "");
  EXPECT_TRUE(health.is_local);
  EXPECT_FALSE(health.is_encrypted);
  EXPECT_TRUE(health.fsync.has_value());
  EXPECT_TRUE(health.synchronous_commit.has_value());
  EXPECT_FALSE(health.is_standby);
  EXPECT_TRUE(health.tells_changes);
}

TEST_F(PostgresqlHealthTest, ShowsThatNobodyIsToldOfChanges) {
  const auto disabled = database.connections().write([](Connection& connection) -> Done {
    connection.session() << "ALTER TABLE changes DISABLE TRIGGER changes_told";
    return {};
  });
  ASSERT_TRUE(disabled);
  EXPECT_FALSE(postgresql_health(database)->tells_changes);
}

}  // namespace
}  // namespace cardea::sql
