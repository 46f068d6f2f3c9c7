// Deadlines of milliseconds; no test asserts how late they come, only that they do, and to whom.
#include <gmock/gmock.h>

#include <array>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cardea/web/run/blocking_pool.hpp>
#include <cerrno>
#include <latch>

#include "run/raw_client.hpp"
#include "run/running_server.hpp"
#include "run/stand_in_service.hpp"

namespace cardea::web {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using testing::RawClient;
using testing::RunningServer;
using testing::StandInService;

constexpr std::string_view kGet = "GET /next HTTP/1.1\r\nHost: a\r\n\r\n";

// All long but the one under test.
Deadlines patient() { return {.head = 1h, .body = 1h, .handler = 1h, .write = 1h, .idle = 1h, .linger = 50ms}; }

ServerOptions with(Deadlines deadlines) {
  ServerOptions options;
  options.deadlines = deadlines;
  return options;
}

ServerOptions short_head() {
  auto deadlines = patient();
  deadlines.head = 50ms;
  return with(deadlines);
}

TEST(Deadlines, ClosesASilentConnectionWithoutAWord) {
  StandInService service;
  const RunningServer server(service, short_head());
  EXPECT_TRUE(RawClient(server.port()).is_closed());
}

TEST(Deadlines, Answers408ToAnUnfinishedHead) {
  StandInService service;
  const RunningServer server(service, short_head());
  RawClient client(server.port());
  const auto answer = client.exchange("GET /x HTTP/1.1\r\nHost: a\r\n");
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->status, 408U);
  EXPECT_EQ(answer->header("Connection"), "close");
  EXPECT_TRUE(client.is_closed());
}

TEST(Deadlines, Answers408ToAnUnfinishedHeadThatHasGrownLarge) {
  StandInService service;
  const RunningServer server(service, short_head());
  RawClient client(server.port());
  client.send("GET /x HTTP/1.1\r\nHost: a\r\nX-A: " + std::string(9000, 'a'));
  const auto answer = client.exchange(std::string(4000, 'b'));
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->status, 408U);
}

TEST(Deadlines, CountsTheHeadAsAWholeAgainstAClientThatDripsIt) {
  StandInService service;
  const RunningServer server(service, short_head());
  RawClient client(server.port());
  client.send("GET /x HTTP/1.1\r\nHost: a\r\n");
  std::jthread drip([&client](const std::stop_token& stop) {
    while (!stop.stop_requested() && client.send("X-A: b\r\n")) std::this_thread::sleep_for(5ms);
  });
  const auto answer = client.receive();
  drip.request_stop();
  drip.join();
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->status, 408U);
  EXPECT_THAT(service.requests(), ::testing::IsEmpty());
}

TEST(Deadlines, Answers408ToAnUnfinishedBody) {
  auto deadlines = patient();
  deadlines.body = 50ms;
  StandInService service;
  const RunningServer server(service, with(deadlines));
  for (const auto* framing :
       {"Content-Length: 10\r\n\r\nhal", "Transfer-Encoding: chunked\r\n\r\n5\r\nhal", "Content-Length: 10\r\n\r\n"}) {
    RawClient client(server.port());
    const auto answer = client.exchange(std::string("POST /x HTTP/1.1\r\nHost: a\r\n").append(framing));
    ASSERT_TRUE(answer.has_value());
    EXPECT_EQ(answer->status, 408U);
    EXPECT_EQ(answer->header("X-Refused-Path"), "/x");
    EXPECT_TRUE(client.is_closed());
  }
  EXPECT_EQ(RawClient(server.port()).exchange(kGet)->status, 200U);
}

TEST(Deadlines, ClosesAnIdleConnectionWithoutAWord) {
  auto deadlines = patient();
  deadlines.idle = 50ms;
  StandInService service;
  const RunningServer server(service, with(deadlines));
  RawClient client(server.port());
  EXPECT_EQ(client.exchange(kGet)->status, 200U);
  EXPECT_TRUE(client.is_closed());
}

TEST(Deadlines, Answers503ForAHandlerThatWaitsTooLongAndCancelsIt) {
  auto deadlines = patient();
  deadlines.handler = 50ms;
  std::latch cancelled{1};
  StandInService service;
  service.answer_with([&](Request request) -> Task<Response> {
    if (request.target == "/next") return StandInService::echo(std::move(request));
    const auto wait = [](std::latch& ended) -> Task<Response> {
      asio::steady_timer timer(co_await asio::this_coro::executor, 1h);
      try {
        co_await timer.async_wait(asio::use_awaitable);
      } catch (const boost::system::system_error&) {
        ended.count_down();
        throw;
      }
      co_return Response{};
    };
    return wait(cancelled);
  });
  const RunningServer server(service, with(deadlines));
  RawClient client(server.port());
  const auto answer = client.exchange("GET /waits HTTP/1.1\r\nHost: a\r\n\r\n");
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->status, 503U);
  EXPECT_EQ(answer->header("X-Refused-Path"), "/waits");
  EXPECT_TRUE(client.is_closed());
  cancelled.wait();
  EXPECT_EQ(RawClient(server.port()).exchange(kGet)->status, 200U);
}

TEST(Deadlines, DropsWhatAHandlerAnswersAfterTheDeadline) {
  auto deadlines = patient();
  deadlines.handler = 50ms;
  std::latch may_end{1};
  BlockingPool pool({.threads = 1});
  StandInService service;
  service.answer_with([&](Request) -> Task<Response> {
    const auto block = [&may_end] { may_end.wait(); };
    static_cast<void>(co_await pool.run(block));
    co_return Response{.status = 200, .headers = {}, .body = "too late"};
  });
  RunningServer server(service, with(deadlines));
  RawClient client(server.port());
  EXPECT_EQ(client.exchange(kGet)->status, 503U);
  may_end.count_down();
  EXPECT_EQ(client.receive_to_end(), "");
  server.stop();
}

TEST(Deadlines, CutsAClientThatDoesNotReadItsAnswerAndForgetsTheRest) {
  auto deadlines = patient();
  deadlines.write = 50ms;
  StandInService service;
  service.answer_with([](Request) -> Task<Response> {
    co_return Response{.status = 200, .headers = {}, .body = std::string(50'000'000, 'z')};
  });
  RunningServer server(service, with(deadlines));
  RawClient client(server.port());
  client.send(kGet);
  std::array<char, 65536> bytes{};
  ASSERT_GT(::recv(client.descriptor(), bytes.data(), 1, 0), 0);
  // With the client still connected, the server can end in time only if it has cut the connection.
  server.stop();
  ssize_t count = 0;
  while ((count = ::recv(client.descriptor(), bytes.data(), bytes.size(), 0)) > 0) {
  }
  EXPECT_EQ(count, -1);
  EXPECT_EQ(errno, ECONNRESET) << "the system has kept the rest of the answer for the client";
}

TEST(Deadlines, DoNotWaitForEverForAClientThatDoesNotHangUp) {
  StandInService service;
  RunningServer server(service, with(patient()));
  RawClient client(server.port());
  EXPECT_EQ(client.exchange("BROKEN\r\n\r\n")->status, 400U);
  server.stop();
}

}  // namespace
}  // namespace cardea::web
