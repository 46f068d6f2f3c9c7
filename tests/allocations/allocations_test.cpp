// From bytes on the socket to bytes on the socket: a server that is warm takes nothing from the heap for a request.
#include <gtest/gtest.h>

#include <atomic>
#include <cardea/web/layers/access_log.hpp>
#include <chrono>
#include <deque>
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

// The threads on which a service is asked are those that are watched.
class WatchedService final : public web::Service {
 public:
  explicit WatchedService(web::Service& service) : service_(service) {}

  std::size_t body_limit(web::Method method, std::string_view target) const override {
    return service_.body_limit(method, target);
  }
  web::Answer answer(web::Request request) override {
    testing::watch_this_thread();
    return service_.answer(std::move(request));
  }
  web::Response refuse(const Error& error, const web::Request& head) const override {
    return service_.refuse(error, head);
  }
  web::ServerCounts* server_counts() noexcept override { return service_.server_counts(); }

 private:
  web::Service& service_;
};

// Clients that stay connected, and ask one after the other.
class Clients {
 public:
  explicit Clients(std::uint16_t port) {
    for (int i = 0; i < kNumber; ++i) clients_.emplace_back(port);
  }

  // How often, each of them.
  void ask(std::string_view request, unsigned status, int times) {
    for (int i = 0; i < times; ++i) {
      for (auto& client : clients_) {
        const auto answer = client.exchange(request);
        ASSERT_TRUE(answer && answer->status == status);
      }
    }
  }

  static constexpr int kNumber = 8;

 private:
  std::deque<RawClient> clients_;
};

// What `cardea serve --demo` does, on two I/O threads.
class AllocationsTest : public ::testing::Test {
 protected:
  static constexpr int kTimes = 500;
  static constexpr std::size_t kRequests = std::size_t{kTimes} * Clients::kNumber;

  static std::string request_for(std::string_view path, std::string_view token) {
    return "GET " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + std::string(token) +
           "\r\n\r\n";
  }

  // Of kRequests when they have been asked for a while.
  std::size_t allocations_of(std::string_view request, unsigned status = 200) {
    warm_up(request, status);
    testing::begin_to_count();
    clients_.ask(request, status, kTimes);
    return testing::end_counting();
  }

  DemoServer demo_{[](service::Config& config) { config.registration = true; }};

 private:
  // Until both halves of each thread's access log have been written.
  void warm_up(std::string_view request, unsigned status) {
    for (int round = 0; round < 4; ++round) {
      clients_.ask(request, status, 100);
      for (const auto before = batches_.load(); batches_ < before + 2;) clients_.ask(request, status, 1);
    }
  }

  WatchedService service_{demo_.app()};
  std::atomic<int> batches_ = 0;
  web::BatchedAccessLog log_{web::AccessLogFormat::text, [this](std::string_view) { ++batches_; }};
  RunningServer server_{service_, {.io_threads = 2}, &log_};
  Clients clients_{server_.port()};
};

TEST_F(AllocationsTest, OfMeAreNone) {
  const auto count = allocations_of(request_for("/me", demo_.log_in("alice", "alicepw")));
  if (count != 0) testing::show_allocations();
  EXPECT_EQ(count, 0U);
}

// A std::string keeps up to 15 characters in place; CurrentUser has one.
TEST_F(AllocationsTest, OfMeAreOneForALongName) {
  constexpr std::string_view kName = "somebody.with.a.long.name@example.com";
  constexpr std::string_view kPassword = "correct horse battery staple";
  const auto account = R"({"username":")" + std::string(kName) + R"(","password":")" + std::string(kPassword) + "\"}";
  ASSERT_EQ(demo_.client->post_json("/auth/register", account).status, 201U);
  EXPECT_LE(allocations_of(request_for("/me", demo_.log_in(kName, "correct+horse+battery+staple"))), kRequests);
}

TEST_F(AllocationsTest, OfARefusalAreCounted) {
  EXPECT_GE(allocations_of(request_for("/me", "no-token"), 401), kRequests);
  EXPECT_GE(testing::watched_threads(), 1U);
}

}  // namespace
}  // namespace cardea
