#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <cardea/sql/account/sql_user_store.hpp>
#include <fstream>
#include <iterator>
#include <thread>

#include "database/connection_pool.hpp"
#include "database/scratch_database.hpp"

namespace cardea::sql {
namespace {

unsigned mode_of(const std::filesystem::path& file) {
  struct stat found{};
  EXPECT_EQ(stat(file.c_str(), &found), 0) << file;
  return found.st_mode & 0777U;
}

NewUser new_user(std::string_view username) {
  return {Username::parse(username).value(), Role::parse("user").value(), PasswordHash{"h"}};
}

std::string pragma(Database& database, const std::string& name) {
  return database.connections()
      .with_connection([&](Connection& connection) -> Result<std::string> {
        std::string value;
        connection.session() << "PRAGMA " + name, soci::into(value);
        return value;
      })
      .value();
}

TEST(Database, MakesItsFilesReadableByTheOwnerAlone) {
  const ScratchFolder folder;
  const auto old_mask = umask(0);
  auto database = migrated(url_of(folder / "new.db"));
  umask(old_mask);
  EXPECT_TRUE(SqlUserStore{database}.add(new_user("alice"), Instant{}).has_value());
  for (const auto* file : {"new.db", "new.db-wal", "new.db-shm"}) EXPECT_EQ(mode_of(folder / file), 0600U) << file;
}

TEST(Database, LeavesTheModeOfAnExistingFile) {
  const ScratchFolder folder;
  const auto file = folder / "old.db";
  {
    const std::ofstream made{file};
  }
  chmod(file.c_str(), 0640);
  EXPECT_TRUE(Database::open(url_of(file)).has_value());
  EXPECT_EQ(mode_of(file), 0640U);
}

TEST(Database, RunsWithWriteAheadLogFullSyncAndForeignKeys) {
  const ScratchFolder folder;
  auto database = opened(url_of(folder / "a.db"));
  EXPECT_EQ(pragma(database, "journal_mode"), "wal");
  EXPECT_EQ(pragma(database, "synchronous"), "2");
  EXPECT_EQ(pragma(database, "foreign_keys"), "1");
  EXPECT_EQ(pragma(database, "busy_timeout"), "5000");
}

TEST(Database, OpensAFileWhoseNameHasBlanksAndOtherCharacters) {
  const ScratchFolder folder;
  const auto file = folder / "it's a = \xC3\xA9 db?mode=ro#%20;.db";
  auto database = opened(url_of(file));
  EXPECT_TRUE(std::filesystem::exists(file));
}

TEST(Database, SaysWhichFileCannotBeOpened) {
  const ScratchFolder folder;
  const auto missing = Database::open(url_of(folder / "no-such-folder/a.db"));
  EXPECT_EQ(missing.error().code(), ErrorCode::file_unusable);
  EXPECT_TRUE(missing.error().public_text().contains("no-such-folder/a.db: No such file or directory"));
  EXPECT_EQ(Database::open(url_of(folder / ".")).error().code(), ErrorCode::file_unusable);
}

TEST(Database, FollowsNoLinkToAFileThatIsNotThere) {
  const ScratchFolder folder;
  std::filesystem::create_symlink(folder / "target.db", folder / "link.db");
  EXPECT_EQ(Database::open(url_of(folder / "link.db")).error().code(), ErrorCode::file_unusable);
  EXPECT_FALSE(std::filesystem::exists(folder / "target.db"));
}

TEST(Database, RefusesAFileThatIsNoDatabase) {
  const ScratchFolder folder;
  std::ofstream{folder / "notes.txt"} << std::string(5000, 'x');
  EXPECT_EQ(Database::open(url_of(folder / "notes.txt")).error().code(), ErrorCode::store_corrupt);
}

TEST(Database, OpensANewFileForManyAtOnce) {
  const ScratchFolder folder;
  const auto url = url_of(folder / "new.db");
  std::vector<std::jthread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      const auto database = Database::open(url);
      EXPECT_TRUE(database.has_value()) << database.error().private_text();
    });
  }
}

TEST(Database, ServesMoreThreadsThanItHasConnections) {
  const ScratchFolder folder;
  auto database = opened(url_of(folder / "a.db"), {.connections = 2});
  Migrator{database}.migrate(Instant{}).value();
  SqlUserStore store{database};
  store.add(new_user("alice"), Instant{}).value();
  std::vector<std::jthread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < 100; ++j) EXPECT_TRUE(store.find(UserId{1}).value().has_value());
    });
  }
}

std::vector<std::string> names_in(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) names.push_back(entry.path().filename());
  std::ranges::sort(names);
  return names;
}

std::string content_of(const std::filesystem::path& file) {
  std::ifstream stream{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{stream}, {}};
}

constexpr DatabaseOptions kToRead{.connections = 1, .read_only = true};

TEST(DatabaseToRead, IsLeftAsItIsWithNoFileBesideIt) {
  const ScratchFolder folder;
  const auto file = folder / "a = b?mode=rw#.db";
  {
    migrated(url_of(file));
  }
  const auto before = content_of(file);
  {
    auto database = opened(url_of(file), kToRead);
    EXPECT_FALSE(SqlUserStore{database}.find(UserId{1}).value().has_value());
    EXPECT_FALSE(SqlUserStore{database}.add(new_user("alice"), Instant{}));
    EXPECT_EQ(names_in(folder / "").size(), 1U);
  }
  EXPECT_EQ(names_in(folder / "").size(), 1U);
  EXPECT_TRUE(content_of(file) == before);
}

TEST(DatabaseToRead, ShowsWhatAnotherHasCommitted) {
  const ScratchFolder folder;
  auto writer = migrated(url_of(folder / "a.db"));
  SqlUserStore{writer}.add(new_user("alice"), Instant{}).value();
  auto database = opened(url_of(folder / "a.db"), kToRead);
  EXPECT_TRUE(SqlUserStore{database}.find(UserId{1}).value().has_value());
}

TEST(DatabaseToRead, IsNotMade) {
  const ScratchFolder folder;
  EXPECT_EQ(Database::open(url_of(folder / "a.db"), kToRead).error().code(), ErrorCode::file_unusable);
  EXPECT_TRUE(names_in(folder / "").empty());
}

TEST(DatabaseToRead, IsPostgresqlsWithoutARightToWrite) {
  const PostgresqlScratch scratch;
  {
    migrated(scratch.url());
  }
  auto database = opened(scratch.url(), kToRead);
  EXPECT_FALSE(SqlUserStore{database}.find(UserId{1}).value().has_value());
  EXPECT_FALSE(SqlUserStore{database}.add(new_user("alice"), Instant{}));
}

}  // namespace
}  // namespace cardea::sql
