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

// The first job must not wait too long itself until the pool's thread runs.
constexpr std::chrono::milliseconds kLongEnoughToBegin{500};

TEST(PoolMetrics, CountWhatHasWaitedTooLong) {
  App app;
  const auto pool = std::make_shared<BlockingPool>(
      BlockingPoolOptions{.threads = 1, .queue_length = 1, .longest_wait = kLongEnoughToBegin});
  add_pool_metrics(app.metrics(), "hashing", pool);
  std::latch begun{1};
  std::latch released{1};
  boost::asio::io_context context;
  const auto submit = [&](auto job) {
    const auto run = [&pool, job]() -> Task<void> { static_cast<void>(co_await pool->run(job)); };
    boost::asio::co_spawn(context, run, boost::asio::detached);
  };
  submit([&] {
    begun.count_down();
    released.wait();
  });
  context.poll();
  begun.wait();
  submit([] {});
  context.poll();
  const std::string late = "cardea_pool_refused_total{pool=\"hashing\",reason=\"waited_too_long\"}";
  EXPECT_EQ(value_becomes(app, late, 1), 1);
  released.count_down();
  context.run();
}

}  // namespace
}  // namespace cardea::web
