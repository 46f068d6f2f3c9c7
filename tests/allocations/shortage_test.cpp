// The I/O thread finds no memory, once: whatever it wanted it for, nobody waits in vain, nobody gets what is not
// theirs, and the server goes on.
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <cerrno>
#include <optional>
#include <string>
#include <string_view>

#include "demo_server.hpp"
#include "run/raw_client.hpp"
#include "run/running_server.hpp"
#include "watched_service.hpp"
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

// What `cardea serve --demo` does, on one I/O thread.
class ShortageTest : public ::testing::Test {
 protected:
  ShortageTest() { EXPECT_TRUE(serves()); }

  // A request on a connection of its own, again and again: the first allocation fails, then the second, until it has
  // been answered without the one that was to fail. How many did.
  std::size_t refuse_each_allocation_of(const std::string& request, unsigned status) {
    for (std::size_t number = 0;; ++number) {
      SCOPED_TRACE("allocation " + std::to_string(number));
      testing::refuse_allocation(number);
      const bool ended_well = is_answered_or_closed(request, status);
      const bool was_refused = testing::end_refusing();
      EXPECT_TRUE(ended_well);
      EXPECT_TRUE(serves());
      if (!was_refused || HasFailure()) return number;
    }
  }

  DemoServer demo_;
  const std::string alice_ = demo_.log_in("alice", "alicepw");
  const std::string bob_ = demo_.log_in("bob", "bobpw");

 private:
  bool serves() {
    RawClient client(server_.port());
    const auto answer = client.exchange(get("/me", alice_));
    return answer && answer->status == 200;
  }

  // And was not just waited for in vain.
  static bool is_over(const RawClient& client) {
    char byte{};
    return ::recv(client.descriptor(), &byte, 1, 0) == 0 || errno != EAGAIN;
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

  testing::WatchedService service_{demo_.app()};
  RunningServer server_{service_};
};

TEST_F(ShortageTest, OfMemoryCostsTheRequestAndNotTheServer) {
  EXPECT_GE(refuse_each_allocation_of(get("/me", alice_), 200), 3U);
  const auto log_in = post("/auth/login", "application/x-www-form-urlencoded", "username=alice&password=alicepw");
  EXPECT_GE(refuse_each_allocation_of(log_in, 200), 10U);
}

TEST_F(ShortageTest, OfMemoryLetsNobodyIn) {
  EXPECT_GE(refuse_each_allocation_of(get("/me", "no-token"), 401), 3U);
  EXPECT_GE(refuse_each_allocation_of(get("/admin/stats", bob_), 403), 3U);
  EXPECT_GE(refuse_each_allocation_of(post("/auth/refresh", "application/json", R"({"refresh_token":"none"})"), 401),
            10U);
}

}  // namespace
}  // namespace cardea
