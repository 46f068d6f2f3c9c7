#include <gmock/gmock.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>
#include <cardea/web/run/blocking_pool.hpp>
#include <future>
#include <latch>
#include <stdexcept>
#include <string>
#include <thread>

namespace cardea::web {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

// Runs the coroutine on a context of its own in this thread, as a test client does.
template <class T>
T wait_for(Task<T> task) {
  asio::io_context context;
  auto result = asio::co_spawn(context, std::move(task), asio::use_future);
  context.run();
  return result.get();
}

// A job that keeps its thread until it is let go.
class Gate {
 public:
  auto job() {
    return [this] {
      entered_.count_down();
      open_.wait();
    };
  }
  void wait_until_entered() { entered_.wait(); }
  void open() { open_.count_down(); }

 private:
  std::latch entered_{1};
  std::latch open_{1};
};

TEST(BlockingPool, GivesTheValueOfTheJob) {
  BlockingPool pool({.threads = 1});
  EXPECT_EQ(wait_for(pool.run([] { return std::string{"done"}; })).value(), "done");
}

TEST(BlockingPool, GivesAResultOfTheJobAsItIs) {
  BlockingPool pool({.threads = 1});
  const auto job = []() -> Result<int> { return failure(ErrorCode::not_found); };
  EXPECT_EQ(wait_for(pool.run(job)).error().code(), ErrorCode::not_found);
}

TEST(BlockingPool, GivesDoneForAJobThatReturnsNothing) {
  BlockingPool pool({.threads = 1});
  EXPECT_TRUE(wait_for(pool.run([] {})).has_value());
}

TEST(BlockingPool, TakesAJobThatCanOnlyBeMoved) {
  BlockingPool pool({.threads = 1});
  auto job = [number = std::make_unique<int>(7)] { return *number; };
  EXPECT_EQ(wait_for(pool.run(std::move(job))).value(), 7);
}

TEST(BlockingPool, ThrowsToTheAwaitingCoroutineWhatTheJobThrows) {
  BlockingPool pool({.threads = 1});
  const auto job = []() -> int { throw std::runtime_error("broken"); };
  EXPECT_THROW(static_cast<void>(wait_for(pool.run(job))), std::runtime_error);
}

Task<std::pair<std::thread::id, std::thread::id>> threads_of_job_and_rest(BlockingPool& pool) {
  const auto job = [] { return std::this_thread::get_id(); };
  const auto thread_of_job = co_await pool.run(job);
  co_return std::pair{thread_of_job.value(), std::this_thread::get_id()};
}

TEST(BlockingPool, RunsTheJobElsewhereAndResumesOnTheCallersExecutor) {
  BlockingPool pool({.threads = 1});
  const auto [job, rest] = wait_for(threads_of_job_and_rest(pool));
  EXPECT_NE(job, std::this_thread::get_id());
  EXPECT_EQ(rest, std::this_thread::get_id());
}

TEST(BlockingPool, ResumesOnAThreadPool) {
  BlockingPool pool({.threads = 1});
  asio::thread_pool callers(2);
  const auto executor = callers.get_executor();
  const auto check = [&]() -> Task<bool> {
    static_cast<void>(co_await pool.run([] { return 1; }));
    co_return executor.running_in_this_thread();
  };
  EXPECT_TRUE(asio::co_spawn(executor, check(), asio::use_future).get());
  callers.join();
}

TEST(BlockingPool, RefusesAtOnceWhatTheQueueDoesNotHold) {
  Gate gate;
  BlockingPool pool({.threads = 1, .queue_length = 1, .longest_wait = 1h});
  asio::io_context context;
  auto running = asio::co_spawn(context, pool.run(gate.job()), asio::use_future);
  context.poll();
  gate.wait_until_entered();
  auto waiting = asio::co_spawn(context, pool.run([] { return 1; }), asio::use_future);
  auto refused = asio::co_spawn(context, pool.run([] { return 2; }), asio::use_future);
  while (refused.wait_for(0s) != std::future_status::ready) context.run_one();
  const auto refusal = refused.get();
  ASSERT_FALSE(refusal.has_value());
  EXPECT_EQ(refusal.error().code(), ErrorCode::service_unavailable);
  EXPECT_EQ(refusal.error().details().retry_after, 1s);
  gate.open();
  context.run();
  EXPECT_TRUE(running.get().has_value());
  EXPECT_EQ(waiting.get().value(), 1);
}

TEST(BlockingPool, RefusesAJobThatWaitsTooLongWhileEveryThreadIsBusy) {
  Gate gate;
  BlockingPool pool({.threads = 1, .queue_length = 8, .longest_wait = 250ms});
  asio::io_context context;
  auto running = asio::co_spawn(context, pool.run(gate.job()), asio::use_future);
  context.poll();
  gate.wait_until_entered();
  auto late = asio::co_spawn(context, pool.run([] { return 1; }), asio::use_future);
  while (late.wait_for(0s) != std::future_status::ready) context.run_one();
  EXPECT_EQ(late.get().error().code(), ErrorCode::service_unavailable);
  gate.open();
  context.run();
  EXPECT_TRUE(running.get().has_value());
}

TEST(BlockingPool, RefusesWhatWaitsWhenItCloses) {
  Gate gate;
  asio::io_context context;
  auto pool = std::make_unique<BlockingPool>(BlockingPoolOptions{.threads = 1, .longest_wait = 1h});
  auto running = asio::co_spawn(context, pool->run(gate.job()), asio::use_future);
  context.poll();
  gate.wait_until_entered();
  auto waiting = asio::co_spawn(context, pool->run([] { return 1; }), asio::use_future);
  context.poll();
  const std::jthread closing([&] { pool.reset(); });
  while (waiting.wait_for(0s) != std::future_status::ready) context.run_one();
  EXPECT_EQ(waiting.get().error().code(), ErrorCode::service_unavailable);
  gate.open();
  context.run();
  EXPECT_TRUE(running.get().has_value());
}

TEST(BlockingPool, LetsARunningJobEndWhoseContextIsGone) {
  Gate gate;
  std::latch ended{1};
  BlockingPool pool({.threads = 1});
  const auto job = [&, wait = gate.job()] {
    wait();
    ended.count_down();
  };
  {
    asio::io_context context;
    asio::co_spawn(context, pool.run(job), asio::detached);
    context.poll();
    gate.wait_until_entered();
  }
  gate.open();
  ended.wait();
  EXPECT_EQ(wait_for(pool.run([] { return 1; })).value(), 1);
}

TEST(BlockingPool, PerformsEveryJobOfManyContextsOnce) {
  BlockingPool pool({.threads = 3, .queue_length = 1000, .longest_wait = 1h});
  std::atomic<int> performed = 0;
  std::vector<std::jthread> callers;
  for (int caller = 0; caller < 4; ++caller) {
    callers.emplace_back([&] {
      asio::io_context context;
      for (int i = 0; i < 100; ++i) asio::co_spawn(context, pool.run([&] { ++performed; }), asio::detached);
      context.run();
    });
  }
  callers.clear();
  EXPECT_EQ(performed, 400);
}

}  // namespace
}  // namespace cardea::web
