#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <cardea/web/metrics/pool_metrics.hpp>
#include <latch>

#include "metrics/scrape.hpp"

namespace cardea::web {
namespace {

using testing::value_becomes;
using testing::value_of;

TEST(PoolMetrics, SeeWhatRunsWaitsAndIsRefused) {
  App app;
  const auto pool = std::make_shared<BlockingPool>(
      BlockingPoolOptions{.threads = 1, .queue_length = 1, .longest_wait = std::chrono::hours{1}});
  add_pool_metrics(app.metrics(), "hashing", pool);
  std::latch released{1};
  boost::asio::io_context context;
  const auto submit = [&] {
    const auto run = [&]() -> Task<void> { static_cast<void>(co_await pool->run([&released] { released.wait(); })); };
    boost::asio::co_spawn(context, run, boost::asio::detached);
  };
  submit();
  context.poll();
  EXPECT_EQ(value_becomes(app, "cardea_pool_running{pool=\"hashing\"}", 1), 1);
  submit();
  submit();
  context.poll();
  EXPECT_EQ(value_of(app, "cardea_pool_threads{pool=\"hashing\"}"), 1);
  EXPECT_EQ(value_of(app, "cardea_pool_queue_length{pool=\"hashing\"}"), 1);
  EXPECT_EQ(value_of(app, "cardea_pool_refused_total{pool=\"hashing\",reason=\"queue_full\"}"), 1);
  EXPECT_EQ(value_of(app, "cardea_pool_refused_total{pool=\"hashing\",reason=\"waited_too_long\"}"), 0);
  EXPECT_EQ(value_of(app, "cardea_pool_wait_seconds_count{pool=\"hashing\"}"), 1);
  released.count_down();
  context.run();
  EXPECT_EQ(value_becomes(app, "cardea_pool_running{pool=\"hashing\"}", 0), 0);
  EXPECT_EQ(value_of(app, "cardea_pool_queue_length{pool=\"hashing\"}"), 0);
  EXPECT_EQ(value_of(app, "cardea_pool_wait_seconds_count{pool=\"hashing\"}"), 2);
}

// The only thread waits until the test lets it go on: of two jobs one is late at the least, whichever has begun.
TEST(PoolMetrics, CountWhatHasWaitedTooLong) {
  App app;
  const auto pool = std::make_shared<BlockingPool>(
      BlockingPoolOptions{.threads = 1, .queue_length = 2, .longest_wait = std::chrono::milliseconds{1}});
  add_pool_metrics(app.metrics(), "hashing", pool);
  std::latch released{1};
  int refused = 0;
  boost::asio::io_context context;
  const auto run = [&]() -> Task<void> {
    const auto done = co_await pool->run([&released] { released.wait(); });
    if (!done) ++refused;
  };
  boost::asio::co_spawn(context, run, boost::asio::detached);
  boost::asio::co_spawn(context, run, boost::asio::detached);
  while (refused == 0) context.run_one();
  released.count_down();
  context.run();
  EXPECT_EQ(value_of(app, "cardea_pool_refused_total{pool=\"hashing\",reason=\"waited_too_long\"}"), refused);
  EXPECT_EQ(value_of(app, "cardea_pool_refused_total{pool=\"hashing\",reason=\"queue_full\"}"), 0);
}

}  // namespace
}  // namespace cardea::web
