#include <gtest/gtest.h>
#include <sys/stat.h>

#include <array>
#include <atomic>
#include <cardea/sql/account/sql_user_store.hpp>
#include <cardea/sql/database/backup.hpp>
#include <fstream>
#include <thread>

#include "account/user_store_contract.hpp"
#include "database/connection_pool.hpp"
#include "database/scratch_database.hpp"

namespace cardea::sql {
namespace {

class BackupTest : public testing::Test {
 protected:
  Result<User> add(std::string_view username) {
    return store.add({name(username), role("user"), PasswordHash{"h"}}, Instant{});
  }
  std::size_t files_in_folder() const {
    const std::filesystem::directory_iterator entries{folder / ""};
    return static_cast<std::size_t>(std::distance(begin(entries), end(entries)));
  }

  ScratchFolder folder;
  Database database = migrated(url_of(folder / "users.db"));
  SqlUserStore store{database};
};

TEST_F(BackupTest, HasAllThatWasThereAndIsForItsOwnerOnly) {
  ASSERT_TRUE(add("alice"));
  const auto file = folder / "with a blank.db";
  ASSERT_TRUE(back_up(database, file));
  struct stat status{};
  ASSERT_EQ(::stat(file.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  auto copy = opened(url_of(file));
  EXPECT_TRUE(SqlUserStore{copy}.find(name("alice")).value().has_value());
  EXPECT_TRUE(Migrator{copy}.migrate(Instant{}).value() == 0) << "a migration is missing";
}

TEST_F(BackupTest, HasEveryRowThatWasAcknowledgedBeforeItWhileOthersWrite) {
  std::array<std::atomic<int>, 3> acknowledged{};
  std::vector<std::jthread> writers;
  for (std::size_t writer = 0; writer < acknowledged.size(); ++writer) {
    writers.emplace_back([&, writer](const std::stop_token& stop) {
      for (int i = 0; !stop.stop_requested(); ++i) {
        ASSERT_TRUE(add("u" + std::to_string(writer) + "-" + std::to_string(i)));
        acknowledged[writer] = i + 1;
        acknowledged[writer].notify_all();
      }
    });
  }
  for (int round = 0; round < 5; ++round) {
    std::array<int, 3> before{};
    for (std::size_t writer = 0; writer < before.size(); ++writer) {
      acknowledged[writer].wait(0);
      before[writer] = acknowledged[writer];
    }
    const auto file = folder / ("round" + std::to_string(round) + ".db");
    ASSERT_TRUE(back_up(database, file));
    auto copy = opened(url_of(file));
    SqlUserStore copied{copy};
    for (std::size_t writer = 0; writer < before.size(); ++writer) {
      for (int i = 0; i < before[writer]; ++i) {
        const auto username = "u" + std::to_string(writer) + "-" + std::to_string(i);
        ASSERT_TRUE(copied.find(name(username)).value().has_value()) << username << " in round " << round;
      }
    }
  }
}

TEST_F(BackupTest, ReplacesNothing) {
  const auto file = folder / "there.db";
  std::ofstream{file} << "precious";
  const auto refused = back_up(database, file);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code(), ErrorCode::file_unusable);
  EXPECT_TRUE(refused.error().public_text().ends_with("is there already; name a file that is not"));
  EXPECT_EQ(std::filesystem::file_size(file), 8U);
  EXPECT_EQ(back_up(database, folder / "no folder" / "x.db").error().code(), ErrorCode::file_unusable);
}

TEST_F(BackupTest, LeavesNothingWhenItFails) {
  const auto before = files_in_folder();
  auto busy = opened(url_of(folder / "users.db"), {.connections = 1, .lock_patience = std::chrono::milliseconds{20}});
  const auto run = [&](const char* sql) {
    busy.connections()
        .with_connection([&](Connection& connection) -> Done {
          connection.session() << sql;
          return {};
        })
        .value();
  };
  run("BEGIN");  // within a transaction SQLite copies nothing
  EXPECT_EQ(back_up(busy, folder / "copy.db").error().code(), ErrorCode::store_unavailable);
  EXPECT_EQ(files_in_folder(), before);
  run("ROLLBACK");
  EXPECT_TRUE(back_up(busy, folder / "copy.db"));
}

}  // namespace
}  // namespace cardea::sql
