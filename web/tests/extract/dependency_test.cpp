#include <gtest/gtest.h>

#include <cardea/web/app.hpp>
#include <cardea/web/run/blocking_pool.hpp>
#include <cardea/web/testing/test_client.hpp>
#include <stdexcept>
#include <thread>

namespace cardea::web {
namespace {

struct Counter {
  int resolved = 0;
};

struct Ticket {
  int number = 0;
  static Ticket resolve(Use<Counter> counter) { return {++counter->resolved}; }
};
struct Left {
  int number = 0;
  static Left resolve(Ticket ticket) { return {ticket.number}; }
};
struct Right {
  int number = 0;
  static Task<Right> resolve(const Ticket& ticket) { co_return Right{ticket.number}; }
};
struct Closed {
  static Result<Closed> resolve(Left) { return failure(ErrorCode::conflict, PublicText{"closed"}); }
};
// Knows its value at once as long as it is warm.
struct Cache {
  bool is_warm = false;
  int waited = 0;
};
struct Cached {
  std::string value;
  static std::optional<Result<Cached>> resolve_now(Use<Cache> cache) {
    if (!cache->is_warm) return std::nullopt;
    return Cached{"known"};
  }
  static Task<Result<Cached>> resolve(Use<Cache> cache) {
    ++cache->waited;
    co_return Cached{"looked up"};
  }
};
struct Worker {
  std::thread::id thread;
  static constexpr bool blocking = true;
  static Worker resolve() { return {std::this_thread::get_id()}; }
};
struct Thrower {
  static Thrower resolve() { throw std::runtime_error("the secret cause"); }
};

class DependencyTest : public testing::Test {
 protected:
  void SetUp() override { app.provide(counter); }
  std::shared_ptr<Counter> counter = std::make_shared<Counter>();
  App app;
};

TEST_F(DependencyTest, IsResolvedOncePerRequestHoweverOftenItIsNeeded) {
  app.get<"/">([](Public, Left left, Right right, const Ticket& ticket) {
    return std::vector<int>{left.number, right.number, ticket.number};
  });
  TestClient client{app};
  EXPECT_EQ(client.get("/").body, "[1,1,1]");
  EXPECT_EQ(client.get("/").body, "[2,2,2]");
}

TEST_F(DependencyTest, TheFirstRefusalAnswersAndNothingElseRuns) {
  app.get<"/">([](Public, Closed, Worker, Thrower) { return std::string("not reached"); });
  TestClient client{app};
  const auto response = client.get("/");
  EXPECT_EQ(response.status, 409U);
  EXPECT_EQ(response.json().at("error").at("message"), "closed");
}

TEST_F(DependencyTest, IsWaitedForOnlyIfItIsNotKnownAtOnce) {
  const auto cache = std::make_shared<Cache>();
  app.provide(cache);
  app.get<"/">([](Public, const Cached& cached, const Ticket& ticket) {
    return cached.value + ' ' + std::to_string(ticket.number);
  });
  TestClient client{app};
  EXPECT_EQ(client.get("/").body, R"("looked up 1")");
  cache->is_warm = true;
  EXPECT_EQ(client.get("/").body, R"("known 2")");
  EXPECT_EQ(cache->waited, 1);
}

struct Greeter {
  virtual ~Greeter() = default;
  virtual std::string greeting() const = 0;
};
struct PoliteGreeter final : Greeter {
  using Interface = Greeter;
  std::string greeting() const override { return "good day"; }
};

TEST_F(DependencyTest, IsProvidedAsTheInterfaceThatItNames) {
  app.provide(std::make_shared<PoliteGreeter>());
  app.get<"/">([](Public, Use<Greeter> greeter) { return greeter->greeting(); });
  EXPECT_EQ(TestClient{app}.get("/").body, R"("good day")");
}

TEST_F(DependencyTest, ThatBlocksRunsOnThePool) {
  bool elsewhere = false;
  app.get<"/">([&elsewhere](Public, Worker worker) { elsewhere = worker.thread != std::this_thread::get_id(); });
  TestClient client{app};
  EXPECT_EQ(client.get("/").status, 204U);
  EXPECT_TRUE(elsewhere);
}

TEST_F(DependencyTest, ABlockingRouteRunsItsHandlerOnThePool) {
  std::thread::id thread;
  app.get<"/">([&thread](Public) { thread = std::this_thread::get_id(); }).blocking();
  TestClient client{app};
  EXPECT_EQ(client.get("/").status, 204U);
  EXPECT_NE(thread, std::this_thread::get_id());
}

TEST_F(DependencyTest, ACoroutineCannotBeARouteThatBlocks) {
  auto options = app.get<"/">([](Public) -> Task<NoContent> { co_return NoContent{}; });
  EXPECT_THROW(options.blocking(), std::logic_error);
}

TEST_F(DependencyTest, WhatThrowsIsA500ThatSaysNothing) {
  std::string logged;
  app.on_failure([&](const RequestContext&, const Error& error) { logged = error.private_text(); });
  app.get<"/dependency">([](Public, Thrower) { return NoContent{}; });
  app.get<"/handler">([](Public) -> NoContent { throw std::runtime_error("the secret cause"); });
  app.get<"/coroutine">([](Public) -> Task<NoContent> {
    throw std::runtime_error("the secret cause");
    co_return NoContent{};
  });
  TestClient client{app};
  for (const auto* target : {"/dependency", "/handler", "/coroutine"}) {
    const auto response = client.get(target);
    EXPECT_EQ(response.status, 500U);
    EXPECT_EQ(response.json().at("error").at("message"), "Internal Server Error");
    EXPECT_FALSE(response.body.contains("secret"));
    EXPECT_TRUE(logged.contains("the secret cause"));
  }
}

TEST_F(DependencyTest, WhatNobodyProvidesStopsTheStartWithItsName) {
  App empty;
  empty.get<"/">([](Public, Left) { return NoContent{}; });
  ASSERT_EQ(empty.problems().size(), 1U);
  EXPECT_TRUE(empty.problems().front().contains("GET / needs")) << empty.problems().front();
  EXPECT_TRUE(empty.problems().front().contains("Counter")) << empty.problems().front();
  EXPECT_THROW(empty.prepare(), std::logic_error);
  EXPECT_THROW(TestClient{empty}.get("/"), std::logic_error);
}

TEST_F(DependencyTest, AnOverrideStandsInAndItsOwnNeedsAreNotAsked) {
  app.get<"/">([](Public, Left left) { return left.number; });
  {
    TestClient client{app, override_with<Left>(Left{42})};
    EXPECT_EQ(client.get("/").body, "42");
    EXPECT_EQ(counter->resolved, 0);
  }
  EXPECT_EQ(TestClient{app}.get("/").body, "1");
}

TEST_F(DependencyTest, AnOverrideEndsWithItsClient) {
  app.get<"/">([](Public, Left left) { return left.number; });
  TestClient outer{app};
  {
    const TestClient inner{app, override_with<Left>(Left{42})};
  }
  EXPECT_EQ(outer.get("/").body, "1");
}

TEST_F(DependencyTest, AnOverrideMayRefuse) {
  app.get<"/">([](Public, Left left) { return left.number; });
  TestClient client{app, override_with<Left>([] { return Result<Left>{failure(ErrorCode::not_found)}; })};
  EXPECT_EQ(client.get("/").status, 404U);
}

TEST(RequestContext, KnowsTheTraceOfTheCaller) {
  App app;
  app.get<"/">([](Public, const RequestContext& context) {
    return std::string(context.trace ? context.trace->trace_id() : "none");
  });
  TestClient client{app};
  Headers headers;
  headers.add("Traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
  EXPECT_EQ(client.get("/", headers).body, "\"4bf92f3577b34da6a3ce929d0e0e4736\"");
  EXPECT_EQ(client.get("/").body, "\"none\"");
}

}  // namespace
}  // namespace cardea::web
