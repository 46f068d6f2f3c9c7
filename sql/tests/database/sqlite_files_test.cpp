#include "database/sqlite_files.hpp"

#include <gtest/gtest.h>

#include <cardea/sql/account/sql_user_store.hpp>

#include "database/connection_pool.hpp"
#include "database/scratch_database.hpp"

namespace cardea::sql {
namespace {

class SqliteFilesTest : public testing::Test {
 protected:
  std::filesystem::path file() const { return folder / "a.db"; }
  Result<User> add(std::string_view name) {
    return users.add({Username::parse(name).value(), Role::parse("user").value(), PasswordHash{"h"}}, Instant{});
  }
  void expect_refused() {
    const auto refusal = add("carol");
    ASSERT_FALSE(refusal);
    EXPECT_EQ(refusal.error().code(), ErrorCode::store_unavailable);
    EXPECT_TRUE(refusal.error().private_text().contains("database " + file().string() + ": "))
        << refusal.error().private_text();
    EXPECT_TRUE(refusal.error().private_text().contains("has been deleted, moved or replaced"));
    EXPECT_EQ(database.changes().error().code(), ErrorCode::store_unavailable);
    EXPECT_EQ(users.check().error().code(), ErrorCode::store_unavailable);
  }

  const ScratchFolder folder;
  Database database = migrated(url_of(file()));
  SqlUserStore users{database};
};

TEST_F(SqliteFilesTest, AreWrittenToWhereTheyWereOpened) {
  EXPECT_TRUE(add("alice"));
  EXPECT_TRUE(database.changes());
  EXPECT_TRUE(users.check());
}

TEST_F(SqliteFilesTest, RefuseEveryChangeOnceTheDatabaseIsDeleted) {
  EXPECT_TRUE(add("alice"));
  std::filesystem::remove(file());
  expect_refused();
}

TEST_F(SqliteFilesTest, RefuseEveryChangeOnceTheDatabaseIsReplaced) {
  EXPECT_TRUE(add("alice"));
  std::filesystem::copy_file(file(), folder / "copy.db");
  std::filesystem::rename(folder / "copy.db", file());
  expect_refused();
}

TEST_F(SqliteFilesTest, RefuseEveryChangeOnceTheLogIsDeleted) {
  EXPECT_TRUE(add("alice"));
  EXPECT_TRUE(database.changes());
  EXPECT_TRUE(users.check());
  std::filesystem::remove(file().string() + "-wal");
  expect_refused();
}

TEST_F(SqliteFilesTest, TakeChangesAgainWhenTheDatabaseIsBack) {
  EXPECT_TRUE(add("alice"));
  std::filesystem::rename(file(), folder / "elsewhere.db");
  expect_refused();
  std::filesystem::rename(folder / "elsewhere.db", file());
  EXPECT_TRUE(add("bob"));
  EXPECT_TRUE(database.changes());
}

TEST_F(SqliteFilesTest, AreFoundBehindALink) {
  std::filesystem::create_symlink(file(), folder / "link.db");
  auto linked = opened(url_of(folder / "link.db"));
  SqlUserStore through_link{linked};
  EXPECT_TRUE(through_link.add({Username::parse("bob").value(), Role::parse("user").value(), PasswordHash{"h"}}, {}));
  std::filesystem::remove(file());
  EXPECT_FALSE(through_link.add({Username::parse("eve").value(), Role::parse("user").value(), PasswordHash{"h"}}, {}));
}

TEST(SqliteFiles, OfADatabaseInMemoryAreNone) {
  auto database = migrated(DatabaseUrl::parse("sqlite::memory:").value());
  EXPECT_TRUE(SqlUserStore{database}.check());
}

}  // namespace
}  // namespace cardea::sql
