#include "database/group_commit.hpp"

#include <gtest/gtest.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cardea/sql/account/sql_user_store.hpp>
#include <csignal>
#include <latch>
#include <set>
#include <thread>

#include "database/connection_pool.hpp"
#include "database/scratch_database.hpp"

namespace cardea::sql {
namespace {

using namespace std::chrono_literals;
using Write = std::function<Done(Connection&)>;

// A database with a table `notes`.
class Notes {
 public:
  explicit Notes(const DatabaseUrl& url, const DatabaseOptions& options = {}) : database_(opened(url, options)) {
    run("CREATE TABLE IF NOT EXISTS notes (id INTEGER PRIMARY KEY, text TEXT)").value();
  }

  ConnectionPool& pool() { return database_.connections(); }
  Done run(const std::string& statement) {
    return pool().write([&](Connection& connection) -> Done {
      connection.session() << statement;
      return {};
    });
  }
  std::vector<int> ids() {
    return pool()
        .with_connection([](Connection& connection) -> Result<std::vector<int>> {
          std::vector<int> found;
          const soci::rowset<int> rows = connection.session().prepare << "SELECT id FROM notes ORDER BY id";
          std::ranges::copy(rows, std::back_inserter(found));
          return found;
        })
        .value();
  }

 private:
  Database database_;
};

void insert(Connection& connection, int id) {
  connection.session() << "INSERT INTO notes (id) VALUES (:id)", soci::use(id);
}

Write note(int id) {
  return [id](Connection& connection) -> Done {
    insert(connection, id);
    return {};
  };
}

Write failing_note(int id) {
  return [id](Connection& connection) -> Done {
    insert(connection, id);
    return failure(ErrorCode::conflict);
  };
}

Write throwing_note(int id) {
  return [id](Connection& connection) -> Done {
    insert(connection, id);
    throw std::runtime_error("on purpose");
  };
}

Write statement(std::string text) {
  return [text = std::move(text)](Connection& connection) -> Done {
    connection.session() << text;
    return {};
  };
}

void await(const std::function<bool()>& reached) {
  const auto deadline = std::chrono::steady_clock::now() + 30s;
  while (!reached()) {
    ASSERT_LT(std::chrono::steady_clock::now(), deadline);
    std::this_thread::yield();
  }
}

// Calls them from a thread each, in this order, while an earlier write is under way that ends when all of them wait:
// what each call returned.
std::vector<Done> write_together(ConnectionPool& pool, const std::vector<Write>& writes) {
  std::latch begun{1}, all_wait{1};
  std::jthread leader{[&] {
    std::ignore = pool.write([&](Connection&) -> Done {
      begun.count_down();
      all_wait.wait();
      return {};
    });
  }};
  begun.wait();
  std::vector<Done> answers(writes.size());
  std::vector<std::jthread> threads;
  for (std::size_t i = 0; i < writes.size(); ++i) {
    threads.emplace_back([&, i] { answers[i] = pool.write(writes[i]); });
    await([&] { return pool.waiting_writes() == i + 1; });
  }
  all_wait.count_down();
  leader.join();
  threads.clear();
  return answers;
}

// How many commits there have been on the connection that writes.
class CommitCount {
 public:
  explicit CommitCount(ConnectionPool& pool) : pool_(pool) {
    hook(&CommitCount::count, this);
    commits_ = 0;  // not the hook's own
  }
  ~CommitCount() { hook(nullptr, nullptr); }
  CommitCount(const CommitCount&) = delete;
  CommitCount& operator=(const CommitCount&) = delete;
  int value() const { return commits_; }

 private:
  static int count(void* self) {
    ++static_cast<CommitCount*>(self)->commits_;
    return 0;
  }
  void hook(int (*callback)(void*), void* argument) {
    pool_
        .write([&](Connection& connection) -> Done {
          auto* const backend = static_cast<soci::sqlite3_session_backend*>(connection.session().get_backend());
          sqlite_api::sqlite3_commit_hook(backend->conn_, callback, argument);
          return {};
        })
        .value();
  }

  ConnectionPool& pool_;
  std::atomic<int> commits_ = 0;
};

class GroupCommitTest : public testing::Test {
 protected:
  ScratchFolder folder;
  DatabaseUrl url = url_of(folder / "notes.db");
  Notes notes{url};
};

void write_from_many_threads(Notes& notes) {
  constexpr int kThreads = 8, kEach = 50;
  std::latch start{kThreads};
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      start.arrive_and_wait();
      for (int i = 0; i < kEach; ++i) {
        const int id = thread * kEach + i;
        ASSERT_TRUE(notes.pool().write(note(id)));
        ASSERT_TRUE(std::ranges::binary_search(notes.ids(), id)) << "its writer reads it at once";
      }
    });
  }
  threads.clear();
  EXPECT_EQ(notes.ids().size(), std::size_t{kThreads * kEach});
}

TEST_F(GroupCommitTest, KeepsWhatManyThreadsWriteAndShowsItToThemAtOnce) { write_from_many_threads(notes); }

TEST(GroupCommitInMemory, KeepsWhatManyThreadsWriteAndShowsItToThemAtOnce) {
  Notes notes{DatabaseUrl::parse("sqlite::memory:").value()};
  write_from_many_threads(notes);
}

TEST(GroupCommitInMemory, UndoesAFailingWriteAlone) {
  Notes notes{DatabaseUrl::parse("sqlite::memory:").value()};
  write_together(notes.pool(), {note(1), failing_note(2), throwing_note(3), note(4)});
  EXPECT_EQ(notes.ids(), (std::vector{1, 4}));
}

TEST_F(GroupCommitTest, CommitsWritesThatMeetOnce) {
  const CommitCount commits{notes.pool()};
  for (const auto& answer : write_together(notes.pool(), {note(1), note(2), note(3), note(4), note(5)})) {
    EXPECT_TRUE(answer);
  }
  EXPECT_EQ(notes.ids().size(), 5U);
  EXPECT_EQ(commits.value(), 1);
  ASSERT_TRUE(notes.pool().write(note(6)));
  EXPECT_EQ(commits.value(), 2);
}

TEST_F(GroupCommitTest, RunsWritesInTheOrderOfTheirCalls) {
  std::vector<int> order;
  std::vector<Write> writes;
  for (int i = 0; i < 10; ++i) {
    writes.emplace_back([&order, i](Connection&) -> Done {
      order.push_back(i);
      return {};
    });
  }
  write_together(notes.pool(), writes);
  EXPECT_EQ(order, (std::vector{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}));
}

TEST_F(GroupCommitTest, StartsAnotherGroupWhenOneIsFull) {
  const CommitCount commits{notes.pool()};
  std::vector<Write> writes;
  for (int i = 0; i < static_cast<int>(GroupCommit::kMostInAGroup) + 10; ++i) writes.push_back(note(i));
  for (const auto& answer : write_together(notes.pool(), writes)) EXPECT_TRUE(answer);
  EXPECT_EQ(notes.ids().size(), writes.size());
  EXPECT_EQ(commits.value(), 2);
}

TEST_F(GroupCommitTest, UndoesAFailingWriteAlone) {
  const auto answers = write_together(
      notes.pool(), {note(1), failing_note(2), throwing_note(3), note(1), note(4), statement("NO SQL"), note(5)});
  EXPECT_EQ(notes.ids(), (std::vector{1, 4, 5}));
  EXPECT_TRUE(answers[0]);
  EXPECT_EQ(answers[1].error().code(), ErrorCode::conflict);
  EXPECT_EQ(answers[2].error().private_text(), "on purpose");
  EXPECT_EQ(answers[3].error().code(), ErrorCode::conflict);
  EXPECT_TRUE(answers[4]);
  EXPECT_EQ(answers[5].error().code(), ErrorCode::store_unavailable);
  EXPECT_TRUE(answers[6]);
}

TEST_F(GroupCommitTest, TellsEveryCallerOfACommitThatFails) {
  notes.run("CREATE TABLE answers (note INTEGER REFERENCES notes (id) DEFERRABLE INITIALLY DEFERRED)").value();
  const auto answers = write_together(
      notes.pool(), {note(1), failing_note(2), statement("INSERT INTO answers (note) VALUES (77)"), note(3)});
  for (const auto& answer : answers) {
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code(), ErrorCode::store_unavailable);
    EXPECT_TRUE(answer.error().private_text().contains("FOREIGN KEY")) << answer.error().private_text();
  }
  EXPECT_TRUE(notes.ids().empty());
  EXPECT_TRUE(notes.pool().write(note(4)));
  EXPECT_EQ(notes.ids(), std::vector{4});
}

TEST_F(GroupCommitTest, FailsAWholeGroupWhenTheDiskIsFull) {
  notes.run("PRAGMA max_page_count = 1").value();  // SQLite makes that the size that the file has
  int run = 0;
  const auto counted = [&](int id) {
    return [&run, write = note(id)](Connection& connection) {
      ++run;
      return write(connection);
    };
  };
  const auto answers = write_together(
      notes.pool(), {counted(1), statement("INSERT INTO notes (id, text) VALUES (2, zeroblob(1000000))"), counted(3)});
  for (const auto& answer : answers) {
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code(), ErrorCode::store_unavailable);
    EXPECT_TRUE(answer.error().private_text().contains("full")) << answer.error().private_text();
  }
  EXPECT_EQ(run, 1) << "what had not begun is not run";
  EXPECT_EQ(notes.pool().waiting_writes(), 0U);
  EXPECT_TRUE(notes.ids().empty());
  notes.run("PRAGMA max_page_count = 100000").value();
  EXPECT_TRUE(notes.pool().write(note(4)));
  EXPECT_EQ(notes.ids(), std::vector{4});
}

TEST_F(GroupCommitTest, WaitsForAnotherProcessNoLongerThanItsPatienceHoweverManyWait) {
  constexpr auto kPatience = 1000ms;
  Notes impatient{url, {.connections = 1, .lock_patience = kPatience}};
  notes.pool()
      .with_connection([&](Connection& connection) -> Done {
        connection.session() << "BEGIN IMMEDIATE";
        const auto start = std::chrono::steady_clock::now();
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < GroupCommit::kMostInAGroup + 10; ++i) {
          threads.emplace_back(
              [&] { EXPECT_EQ(impatient.pool().write(note(1)).error().code(), ErrorCode::store_unavailable); });
        }
        threads.clear();
        EXPECT_LT(std::chrono::steady_clock::now() - start, 2 * kPatience);
        connection.session() << "ROLLBACK";
        return {};
      })
      .value();
  EXPECT_TRUE(impatient.pool().write(note(1)));
}

// Adds accounts from several threads, and writes the id of each to `pipe` when it is told that it was added.
[[noreturn]] void add_users_until_killed(const DatabaseUrl& url, int pipe) {
  auto database = opened(url);
  SqlUserStore store{database};
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0;; ++i) {
        const auto name = Username::parse("u" + std::to_string(thread) + "-" + std::to_string(i)).value();
        const auto id = store.add({name, Role::parse("user").value(), PasswordHash{"h"}}, Instant{}).value().id.value;
        if (write(pipe, &id, sizeof id) != sizeof id) _exit(1);
      }
    });
  }
  threads.clear();
  _exit(1);
}

TEST(GroupCommitKilled, HasLostNothingThatItsCallersWereToldOf) {
  const ScratchFolder folder;
  const auto url = url_of(folder / "users.db");
  migrated(url);
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const pid_t child = fork();
  if (child == 0) add_users_until_killed(url, ends[1]);
  close(ends[1]);
  std::set<std::int64_t> acknowledged;
  std::int64_t id = 0;
  while (acknowledged.size() < 500 && read(ends[0], &id, sizeof id) == sizeof id) acknowledged.insert(id);
  kill(child, SIGKILL);
  while (read(ends[0], &id, sizeof id) == sizeof id) acknowledged.insert(id);
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status));
  ASSERT_GE(acknowledged.size(), 500U);

  auto database = opened(url);
  SqlUserStore store{database};
  for (const auto each : acknowledged) EXPECT_TRUE(store.find(UserId{each}).value().has_value()) << each;
}

}  // namespace
}  // namespace cardea::sql
