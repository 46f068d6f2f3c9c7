// A thread of the server finds no memory, once: whatever it wanted it for, nobody waits in vain, nobody gets what is
// not theirs, and the server goes on.
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <boost/json/parse.hpp>
#include <cardea/web/layers/access_log.hpp>
#include <cerrno>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "demo_server.hpp"
#include "run/raw_client.hpp"
#include "run/running_server.hpp"
#include "watched_threads.hpp"

namespace cardea {
namespace {

using service::DemoServer;
using web::testing::RawClient;
using web::testing::RunningServer;

std::string get(std::string_view path, std::string_view token) {
  return "GET " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + std::string(token) +
         "\r\n\r\n";
}

std::string post(std::string_view path, std::string_view type, std::string_view body) {
  return "POST " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + std::string(type) +
         "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

std::string refresh(std::string_view token) {
  return post("/auth/refresh", "application/json", R"({"refresh_token":")" + std::string(token) + R"("})");
}

// What `cardea serve --demo` does, on one I/O thread.
class ShortageTest : public ::testing::Test {
 protected:
  void SetUp() override {
    testing::watch_the_others(true);
    ASSERT_TRUE(serves());
  }
  void TearDown() override { testing::watch_the_others(false); }

  // A request on a connection of its own, again and again: the first allocation from then on fails, then the second,
  // until there is none that was to fail. How many did.
  std::size_t refuse_each_allocation_of(const std::string& request, unsigned status) {
    return refuse_each_allocation_of([&] { return request; }, status, [] { return true; });
  }

  template <class Request, class GoesOn>
  std::size_t refuse_each_allocation_of(Request request, unsigned status, GoesOn goes_on) {
    for (std::size_t number = 0;; ++number) {
      SCOPED_TRACE("allocation " + std::to_string(number));
      testing::refuse_allocation(number);
      EXPECT_TRUE(is_answered_or_closed(request(), status));
      const bool was_refused = testing::end_refusing();
      EXPECT_TRUE(serves());
      EXPECT_TRUE(goes_on());
      if (!was_refused || HasFailure()) return number;
    }
  }

  std::string refresh_token_after(const std::string& request) {
    RawClient client(server_.port());
    const auto answer = client.exchange(request);
    if (!answer || answer->status != 200) return {};
    return std::string(boost::json::parse(answer->body).at("refresh_token").as_string());
  }

  DemoServer demo_;
  const std::string alice_ = demo_.log_in("alice", "alicepw");
  const std::string bob_ = demo_.log_in("bob", "bobpw");

 private:
  // 503 stands for as long as what others have revoked is not known: whoever looks for it may have found no memory.
  bool serves() {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{10};
    for (;;) {
      RawClient client(server_.port());
      const auto answer = client.exchange(get("/me", alice_));
      if (!answer || answer->status != 503 || std::chrono::steady_clock::now() > end)
        return answer && answer->status == 200;
    }
  }

  // By this status, or by one that says what is the matter.
  bool is_answered_or_closed(const std::string& request, unsigned status) {
    RawClient client(server_.port());
    const auto answer = client.exchange(request);
    if (!answer) return is_over(client);
    if (answer->status == status || answer->status == 500 || answer->status == 503) return true;
    ADD_FAILURE() << answer->status << " " << answer->body;
    return false;
  }

  // And was not just waited for in vain.
  static bool is_over(const RawClient& client) {
    char byte{};
    return ::recv(client.descriptor(), &byte, 1, 0) == 0 || errno != EAGAIN;
  }

  web::BatchedAccessLog log_{web::AccessLogFormat::text, [](std::string_view) {}};
  RunningServer server_{demo_.app(), {}, &log_};
};

std::string login(std::string_view fields) { return post("/auth/login", "application/x-www-form-urlencoded", fields); }

const std::string kAliceLogin = login("username=alice&password=alicepw");

TEST_F(ShortageTest, OfMemoryCostsTheRequestAndNotTheServer) {
  EXPECT_GE(refuse_each_allocation_of(get("/me", alice_), 200), 3U);
  EXPECT_GE(refuse_each_allocation_of(kAliceLogin, 200), 10U);
}

TEST_F(ShortageTest, OfMemoryLetsNobodyIn) {
  EXPECT_GE(refuse_each_allocation_of(get("/me", "no-token"), 401), 3U);
  EXPECT_GE(refuse_each_allocation_of(get("/admin/stats", bob_), 403), 3U);
  EXPECT_GE(refuse_each_allocation_of(refresh("none"), 401), 10U);
}

// Each is followed by a right one, which is why no throttle answers in its place.
TEST_F(ShortageTest, OfMemoryMakesNoWrongPasswordRight) {
  const auto wrong = [] { return login("username=alice&password=bobpw"); };
  const auto forgives = [this] { return !refresh_token_after(kAliceLogin).empty(); };
  EXPECT_GE(refuse_each_allocation_of(wrong, 401, forgives), 10U);
}

TEST_F(ShortageTest, OfMemoryEndsNoSession) {
  auto token = refresh_token_after(kAliceLogin);
  const auto goes_on = [&] { return !(token = refresh_token_after(refresh(token))).empty(); };
  EXPECT_GE(refuse_each_allocation_of([&] { return refresh(token); }, 200, goes_on), 10U);
}

// The writer may begin when a shortage does.
TEST(Shortage, OfMemoryWhenTheAccessLogBeginsLosesNoLine) {
  testing::watch_the_others(true);
  testing::refuse_allocation(0);
  std::size_t written = 0;
  {
    web::BatchedAccessLog log{web::AccessLogFormat::text, [&](std::string_view lines) { written += lines.size(); }};
    log.record({});
  }
  testing::end_refusing();
  testing::watch_the_others(false);
  EXPECT_GT(written, 0U);
}

// Threads begin when they get to it. What comes after the first allocations is what the other tests do.
TEST(Shortage, OfMemoryWhileTheServerBeginsDoesNotEndIt) {
  for (std::size_t number = 0; number < 50; ++number) {
    SCOPED_TRACE("allocation " + std::to_string(number));
    testing::watch_the_others(true);
    testing::refuse_allocation(number);
    {
      DemoServer demo;
      web::BatchedAccessLog log{web::AccessLogFormat::text, [](std::string_view) {}};
      const RunningServer server{demo.app(), {}, &log};
      RawClient(server.port()).exchange(kAliceLogin);
      const auto answer = RawClient(server.port()).exchange(kAliceLogin);
      EXPECT_TRUE(answer && answer->status == 200);
    }
    testing::watch_the_others(false);
    EXPECT_TRUE(testing::end_refusing());
  }
}

// Which is when the event loop has nothing to do but to accept.
TEST(Shortage, OfMemoryWhileNobodyIsConnectedLeavesTheServerAccepting) {
  DemoServer demo;
  web::ServerOptions options;
  options.caps.in_all = 0;
  const RunningServer server(demo.app(), options);
  RawClient(server.port()).receive();  // the first one of a thread makes what the thread keeps
  testing::watch_the_others(true);
  std::size_t refused = 0;
  for (std::size_t number = 0; number < 40; ++number) {
    testing::refuse_allocation(number);
    RawClient(server.port()).receive();
    if (testing::end_refusing()) ++refused;
    const auto answer = RawClient(server.port()).receive();
    ASSERT_TRUE(answer && answer->status == 503) << "after allocation " << number;
  }
  testing::watch_the_others(false);
  EXPECT_GE(refused, 3U);
}

}  // namespace
}  // namespace cardea
