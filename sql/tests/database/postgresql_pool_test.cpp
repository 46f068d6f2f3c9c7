#include <gtest/gtest.h>

#include <latch>
#include <thread>

#include "database/connection_pool.hpp"
#include "database/scratch_database.hpp"

namespace cardea::sql {
namespace {

using namespace std::chrono_literals;

// A database with a table `notes`.
class PostgresqlPoolTest : public testing::Test {
 protected:
  void SetUp() override { run("CREATE TABLE notes (id BIGINT PRIMARY KEY, text TEXT)"); }

  void run(const std::string& statement) {
    const auto done = pool().write([&](Connection& connection) -> Done {
      connection.session() << statement;
      return {};
    });
    ASSERT_TRUE(done) << done.error().private_text();
  }
  ConnectionPool& pool() { return database.connections(); }
  Result<int> count(Database& of) {
    return of.connections().with_connection([](Connection& connection) -> Result<int> {
      int found = 0;
      connection.session() << "SELECT COUNT(*) FROM notes", soci::into(found);
      return found;
    });
  }
  // Ends every connection to this database but the administrator's own, and waits until they are gone.
  void cut_all() {
    const auto of_this = " FROM pg_stat_activity WHERE datname = '" + scratch.name() + "'";
    PostgresqlServer::shared().run("DO $$ BEGIN PERFORM pg_terminate_backend(pid)" + of_this +
                                   "; WHILE EXISTS (SELECT 1" + of_this +
                                   ") LOOP PERFORM pg_sleep(0.01); PERFORM pg_stat_clear_snapshot(); END LOOP; END $$");
  }
  void allow_connections(bool allowed) {
    PostgresqlServer::shared().run("ALTER DATABASE " + scratch.name() + " ALLOW_CONNECTIONS " +
                                   (allowed ? "true" : "false"));
  }

  PostgresqlScratch scratch;
  Database database = opened(scratch.url());
};

Done insert(Connection& connection, int id) {
  connection.session() << "INSERT INTO notes (id) VALUES (:id)", soci::use(id);
  return {};
}

void end_own_session(Connection& connection) {
  connection.session() << "SELECT pg_terminate_backend(pg_backend_pid())";
}

TEST_F(PostgresqlPoolTest, UndoesAWriteThatFailsOrThrows) {
  EXPECT_EQ(
      pool().write([](Connection& c) -> Done { return insert(c, 1), failure(ErrorCode::conflict); }).error().code(),
      ErrorCode::conflict);
  const auto thrown = pool().write([](Connection& c) -> Done {
    std::ignore = insert(c, 2);
    throw std::runtime_error("on purpose");
  });
  EXPECT_EQ(thrown.error().private_text(), "on purpose");
  EXPECT_EQ(count(database).value(), 0);
  EXPECT_TRUE(pool().write([](Connection& c) { return insert(c, 3); }));
  EXPECT_EQ(count(database).value(), 1);
}

TEST_F(PostgresqlPoolTest, TellsOfADuplicateWithoutItsValue) {
  run("CREATE UNIQUE INDEX ON notes (text)");
  run("INSERT INTO notes VALUES (1, 'the-digest')");
  const auto refusal = pool().write([](Connection& connection) -> Done {
    const std::string text = "the-digest";
    connection.session() << "INSERT INTO notes VALUES (2, :text)", soci::use(text);
    return {};
  });
  EXPECT_EQ(refusal.error().code(), ErrorCode::conflict);
  EXPECT_FALSE(refusal.error().private_text().contains("the-digest")) << refusal.error().private_text();
  EXPECT_TRUE(refusal.error().private_text().contains("duplicate key")) << refusal.error().private_text();
}

TEST_F(PostgresqlPoolTest, TellsOfACommitThatFails) {
  run("CREATE TABLE answers (note BIGINT REFERENCES notes (id) DEFERRABLE INITIALLY DEFERRED)");
  const auto refusal = pool().write([](Connection& connection) -> Done {
    connection.session() << "INSERT INTO answers VALUES (77)";
    return {};
  });
  ASSERT_FALSE(refusal);
  EXPECT_TRUE(refusal.error().private_text().contains("foreign key")) << refusal.error().private_text();
}

TEST_F(PostgresqlPoolTest, NeverTakesAnUndoneTransactionForACommittedOne) {
  const auto refusal = pool().write([](Connection& connection) -> Done {
    std::ignore = insert(connection, 1);
    EXPECT_THROW(connection.session() << "NO SQL", soci::soci_error);
    return {};
  });
  EXPECT_EQ(refusal.error().code(), ErrorCode::store_unavailable);
  EXPECT_EQ(count(database).value(), 0);
}

TEST_F(PostgresqlPoolTest, BeginsATransactionAgainThatMetAnother) {
  run("INSERT INTO notes (id, text) VALUES (1, '0')");
  std::latch both_have_read{2};
  std::atomic<int> runs = 0;
  const auto add_one = [&](bool first) {
    return pool().write([&](Connection& connection) -> Done {
      auto& session = connection.session();
      session << "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE";
      int number = 0;
      session << "SELECT CAST(text AS BIGINT) FROM notes WHERE id = 1", soci::into(number);
      if (std::exchange(first, false)) both_have_read.arrive_and_wait();
      ++number;
      session << "UPDATE notes SET text = CAST(:number AS BIGINT) WHERE id = 1", soci::use(number);
      ++runs;
      return {};
    });
  };
  std::jthread other{[&] { EXPECT_TRUE(add_one(true)); }};
  EXPECT_TRUE(add_one(true));
  other.join();
  run("DELETE FROM notes WHERE text <> '2'");
  EXPECT_EQ(count(database).value(), 1) << "neither is lost";
  EXPECT_GE(runs, 2);
}

TEST_F(PostgresqlPoolTest, GivesUpATransactionThatMeetsAnotherEachTime) {
  int runs = 0;
  const auto refusal = pool().write([&](Connection& connection) -> Done {
    ++runs;
    connection.session() << "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40001'; END $$";
    return {};
  });
  EXPECT_EQ(refusal.error().code(), ErrorCode::store_unavailable);
  EXPECT_GT(runs, 1);
  EXPECT_LT(runs, 20);
}

TEST_F(PostgresqlPoolTest, GoesOnOnANewConnectionWhereOneWasLost) {
  ASSERT_TRUE(count(database));
  cut_all();
  EXPECT_EQ(count(database).value(), 0) << "what was lost while nobody used it is noticed before it is used";
  int runs = 0;
  const auto read = pool().with_connection([&](Connection& connection) -> Result<int> {
    if (++runs == 1) end_own_session(connection);
    return runs;
  });
  EXPECT_EQ(read.value(), 2);
  const auto written = pool().write([&](Connection& connection) -> Done {
    if (++runs == 3) end_own_session(connection);
    return insert(connection, 1);
  });
  EXPECT_TRUE(written);
  EXPECT_EQ(count(database).value(), 1);
}

TEST_F(PostgresqlPoolTest, FailsAtOnceWhileThereIsNoServerAndRecovers) {
  allow_connections(false);
  cut_all();
  const auto refusal = count(database);
  EXPECT_EQ(refusal.error().code(), ErrorCode::store_unavailable);
  EXPECT_FALSE(refusal.error().private_text().contains("secret"));
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 1000; ++i) EXPECT_FALSE(count(database));
  EXPECT_LT(std::chrono::steady_clock::now() - start, 5s) << "it does not try to connect each time";
  allow_connections(true);
  while (!count(database)) {
    ASSERT_LT(std::chrono::steady_clock::now() - start, 30s);
    std::this_thread::yield();
  }
}

TEST_F(PostgresqlPoolTest, WaitsForAnAnswerNoLongerThanItsPatience) {
  auto impatient = opened(scratch.url(), {.connections = 1, .answer_patience = 200ms});
  const auto start = std::chrono::steady_clock::now();
  const auto refusal = impatient.connections().with_connection([](Connection& connection) -> Done {
    connection.session() << "SET statement_timeout = 0";
    connection.session() << "SELECT pg_sleep(60)";
    return {};
  });
  EXPECT_EQ(refusal.error().code(), ErrorCode::store_unavailable);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 20s);
  EXPECT_EQ(count(impatient).value(), 0) << "on another connection";
}

TEST_F(PostgresqlPoolTest, StopsAStatementOnTheServerToo) {
  auto impatient = opened(scratch.url(), {.connections = 1, .answer_patience = 100ms});
  const auto refusal = impatient.connections().with_connection([](Connection& connection) -> Done {
    connection.session() << "SELECT pg_sleep(60)";
    return {};
  });
  EXPECT_EQ(refusal.error().code(), ErrorCode::store_unavailable);
}

TEST_F(PostgresqlPoolTest, OpensNoMoreConnectionsThanItMay) {
  auto narrow = opened(scratch.url(), {.connections = 3});
  std::atomic<int> at_once = 0, most = 0;
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 8; ++thread) {
    threads.emplace_back([&] {
      for (int i = 0; i < 20; ++i) {
        const auto done = narrow.connections().with_connection([&](Connection& connection) -> Done {
          const int now = ++at_once;
          for (int seen = most; seen < now && !most.compare_exchange_weak(seen, now);) continue;
          connection.session() << "SELECT 1";
          --at_once;
          return {};
        });
        EXPECT_TRUE(done);
      }
    });
  }
  threads.clear();
  EXPECT_LE(most, 3);
}

TEST_F(PostgresqlPoolTest, SaysWhyItCannotOpenADatabase) {
  const auto wrong = DatabaseUrl::parse("postgresql://nobody:the-password@127.0.0.1:1/none?connect_timeout=2").value();
  const auto refusal = Database::open(wrong);
  EXPECT_EQ(refusal.error().code(), ErrorCode::store_unavailable);
  EXPECT_TRUE(refusal.error().private_text().contains("127.0.0.1")) << refusal.error().private_text();
  EXPECT_FALSE(refusal.error().private_text().contains("the-password")) << refusal.error().private_text();
  EXPECT_FALSE(refusal.error().private_text().contains('\n')) << refusal.error().private_text();
}

TEST(ReconnectPause, GrowsUpToItsLongestAndIsForgotten) {
  const auto now = std::chrono::steady_clock::now();
  ReconnectPause pause;
  EXPECT_TRUE(pause.is_over(now));
  pause.failed(now);
  EXPECT_FALSE(pause.is_over(now + ReconnectPause::kFirst - 1ms));
  EXPECT_TRUE(pause.is_over(now + ReconnectPause::kFirst));
  for (int i = 0; i < 20; ++i) pause.failed(now);
  EXPECT_EQ(pause.until(), now + ReconnectPause::kLongest);
  pause.succeeded();
  EXPECT_TRUE(pause.is_over(now));
  pause.failed(now);
  EXPECT_EQ(pause.until(), now + ReconnectPause::kFirst);
}

}  // namespace
}  // namespace cardea::sql
