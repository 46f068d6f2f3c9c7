#include <gtest/gtest.h>

#include <algorithm>
#include <cardea/service/wiring/threads.hpp>
#include <thread>

namespace cardea::service {
namespace {

TEST(Threads, ThatHashPasswordsLeaveAProcessorToTheRequests) {
  const unsigned processors = std::max(std::thread::hardware_concurrency(), 1U);
  EXPECT_EQ(hashing_threads_of({}), processors == 1 ? 1 : processors - 1);
  EXPECT_EQ(io_threads_of({}), processors);
}

TEST(Threads, AreAsManyAsTheConfigurationSays) {
  Config config;
  config.threads = 3;
  config.blocking_threads = 5;
  config.password_hash_threads = 7;
  EXPECT_EQ(io_threads_of(config), 3U);
  EXPECT_EQ(blocking_threads_of(config), 5U);
  EXPECT_EQ(hashing_threads_of(config), 7U);
}

TEST(Threads, HaveAConnectionEachToADatabaseThatWritesAtOnce) {
  Config config;
  config.database = sql::DatabaseUrl::parse("postgresql://cardea@db.example/cardea").value();
  config.blocking_threads = 5;
  config.password_hash_threads = 7;
  EXPECT_EQ(database_connections_of(config), 5U + 7U + storing_threads_of(config));
}

}  // namespace
}  // namespace cardea::service
