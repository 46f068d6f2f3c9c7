#include <gmock/gmock.h>
#include <sys/resource.h>

#include <cardea/web/run/blocking_pool.hpp>
#include <cardea/web/run/stop_on_signal.hpp>
#include <csignal>
#include <latch>

#include "run/raw_client.hpp"
#include "run/running_server.hpp"
#include "run/stand_in_service.hpp"

namespace cardea::web {
namespace {

using namespace std::chrono_literals;
using testing::RawClient;
using testing::RunningServer;
using testing::StandInService;

constexpr std::string_view kGet = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

// Handlers that wait in the pool until they are let go.
class GracefulStop : public ::testing::Test {
 protected:
  GracefulStop() {
    service_.answer_with([this](Request) -> Task<Response> {
      const auto wait = [this] {
        entered_.count_down();
        may_end_.wait();
      };
      static_cast<void>(co_await pool_.run(wait));
      co_return Response{.status = 200, .headers = {}, .body = "finished"};
    });
  }

  std::latch entered_{1};
  std::latch may_end_{1};
  BlockingPool pool_{{.threads = 1}};
  StandInService service_;
};

TEST(Server, EndsAtOnceWhenItWasStoppedBeforeItRan) {
  StandInService service;
  Server server{ServerOptions{.port = 0, .io_threads = 2}, service};
  server.stop();
  ASSERT_TRUE(server.listen());
  server.run();
}

TEST_F(GracefulStop, FinishesTheRequestInFlightAndClosesItsConnection) {
  ServerOptions options;
  options.deadlines.linger = 50ms;
  RunningServer server(service_, options);
  RawClient client(server.port());
  client.send(kGet);
  entered_.wait();
  server.begin_to_stop();
  may_end_.count_down();
  const auto answer = client.receive();
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->body, "finished");
  EXPECT_EQ(answer->header("Connection"), "close");
  EXPECT_TRUE(client.is_closed());
  server.wait_for_end();
}

TEST_F(GracefulStop, ClosesIdleConnectionsAtOnce) {
  may_end_.count_down();
  RunningServer server(service_, {.drain = 3600s});
  const RawClient fresh(server.port());
  RawClient used(server.port());
  EXPECT_EQ(used.exchange(kGet)->status, 200U);
  server.stop();
  EXPECT_TRUE(used.is_closed());
}

TEST_F(GracefulStop, RefusesNewConnections) {
  RunningServer server(service_);
  const auto port = server.port();
  server.stop();
  EXPECT_FALSE(RawClient().connect(port));
}

TEST_F(GracefulStop, CutsWhatHasNotFinishedWhenTheDrainIsOver) {
  RunningServer server(service_, {.drain = 0s});
  RawClient client(server.port());
  client.send(kGet);
  entered_.wait();
  server.stop();
  may_end_.count_down();
}

TEST_F(GracefulStop, CanBeAskedForBeforeTheServerRuns) {
  Server server({.port = 0, .io_threads = 2}, service_);
  ASSERT_TRUE(server.listen().has_value());
  server.stop();
  server.stop();
  server.run();
}

TEST(StopOnSignal, CallsBackOnceForSigtermAndForSigint) {
  for (const int signal : {SIGTERM, SIGINT}) {
    std::latch called{1};
    const StopOnSignal stop([&called] { called.count_down(); });
    ASSERT_EQ(::kill(::getpid(), signal), 0);
    called.wait();
  }
}

// Raises SIGTERM, and once more when the first has been taken; the process may not live to see the end.
void raise_twice(std::chrono::milliseconds same) {
  std::latch called{1};
  const StopOnSignal stop([&called] { called.count_down(); }, same);
  ::raise(SIGTERM);
  called.wait();
  ::raise(SIGTERM);
  std::_Exit(7);
}

TEST(StopOnSignalDeathTest, LeavesTheSecondSignalToTheSystem) {
  ::testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_EXIT(raise_twice(std::chrono::milliseconds{0}), ::testing::KilledBySignal(SIGTERM), "");
}

TEST(StopOnSignalDeathTest, TakesTwoAtOnceForTheSameSignal) {
  ::testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_EXIT(raise_twice(std::chrono::hours{1}), ::testing::ExitedWithCode(7), "");
}

// As a program does that has nothing to wait for: the signal's second coming finds it on its way out.
void raise_twice_and_leave_between() {
  {
    std::latch called{1};
    const StopOnSignal stop([&called] { called.count_down(); }, std::chrono::hours{1});
    ::raise(SIGTERM);
    called.wait();
  }
  ::raise(SIGTERM);
  std::_Exit(7);
}

TEST(StopOnSignalDeathTest, TakesTwoForTheSameSignalAlsoOnceItIsGone) {
  ::testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_EXIT(raise_twice_and_leave_between(), ::testing::ExitedWithCode(7), "");
}

TEST(ConnectionCaps, AnswersASurplusClientOfOneAddress503) {
  StandInService service;
  ServerOptions options;
  options.caps = {.in_all = 100, .per_address = 2};
  const RunningServer server(service, options);
  RawClient first(server.port());
  EXPECT_EQ(first.exchange(kGet)->status, 200U);
  {
    RawClient second(server.port());
    EXPECT_EQ(second.exchange(kGet)->status, 200U);
    RawClient surplus(server.port());
    const auto answer = surplus.receive();
    ASSERT_TRUE(answer.has_value());
    EXPECT_EQ(answer->status, 503U);
    EXPECT_TRUE(surplus.is_closed());
    EXPECT_EQ(second.exchange("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")->status, 200U);
    EXPECT_TRUE(second.is_closed());
  }
  // The place is free again once the server has seen the second client go.
  std::optional<testing::RawResponse> answer;
  do {
    answer = RawClient(server.port()).exchange(kGet);
  } while (!answer || answer->status == 503U);
  EXPECT_EQ(answer->status, 200U);
}

TEST(ConnectionCaps, CountsAllAddressesTogether) {
  StandInService service;
  ServerOptions options;
  options.caps = {.in_all = 1, .per_address = 100};
  const RunningServer server(service, options);
  RawClient first(server.port());
  EXPECT_EQ(first.exchange(kGet)->status, 200U);
  EXPECT_EQ(RawClient(server.port()).receive()->status, 503U);
}

// Lets the process have no more descriptors than it has now.
class NoMoreDescriptors {
 public:
  NoMoreDescriptors() {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    const int next = ::dup(0);
    ::close(next);
    const rlimit none{.rlim_cur = static_cast<rlim_t>(next), .rlim_max = before_.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &none);
  }
  ~NoMoreDescriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }
  NoMoreDescriptors(const NoMoreDescriptors&) = delete;
  NoMoreDescriptors& operator=(const NoMoreDescriptors&) = delete;

 private:
  rlimit before_{};
};

TEST(AcceptLoop, SurvivesWantOfDescriptors) {
  StandInService service;
  const RunningServer server(service);
  RawClient established(server.port());
  EXPECT_EQ(established.exchange(kGet)->status, 200U);
  RawClient late;
  {
    const NoMoreDescriptors limit;
    ASSERT_TRUE(late.connect(server.port()));
    for (int i = 0; i < 10; ++i) EXPECT_EQ(established.exchange(kGet)->status, 200U);
  }
  EXPECT_EQ(late.exchange(kGet)->status, 200U);
}

}  // namespace
}  // namespace cardea::web
