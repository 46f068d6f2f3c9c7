#include <gmock/gmock.h>

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cardea/web/layers/access_log.hpp>
#include <cardea/web/run/blocking_pool.hpp>
#include <set>
#include <stdexcept>
#include <string>

#include "run/raw_client.hpp"
#include "run/running_server.hpp"
#include "run/stand_in_service.hpp"

namespace cardea::web {
namespace {

using testing::RawClient;
using testing::RunningServer;
using testing::StandInService;

std::string get(std::string_view target, std::string_view fields = {}) {
  return std::string("GET ").append(target).append(" HTTP/1.1\r\nHost: a\r\n").append(fields).append("\r\n");
}

class ServerTest : public ::testing::Test {
 protected:
  StandInService service_;
  RunningServer server_{service_};
};

TEST_F(ServerTest, AnswersManyRequestsOnOneConnection) {
  RawClient client(server_.port());
  for (int i = 0; i < 100; ++i) {
    const auto answer = client.exchange(get("/" + std::to_string(i)));
    ASSERT_TRUE(answer.has_value());
    EXPECT_EQ(answer->body, "GET /" + std::to_string(i) + "\n");
    EXPECT_EQ(answer->header("Connection"), "");
  }
}

TEST_F(ServerTest, AnswersPipelinedRequestsInOrder) {
  std::string requests;
  for (int i = 0; i < 500; ++i) {
    requests += get("/" + std::to_string(i));
    requests += "POST /s" + std::to_string(i) + " HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc";
    requests += "POST /c" + std::to_string(i) +
                " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nxyz\r\n0\r\n\r\n";
  }
  RawClient client(server_.port());
  ASSERT_TRUE(client.send(requests));
  for (int i = 0; i < 500; ++i) {
    const auto number = std::to_string(i);
    EXPECT_EQ(client.receive()->body, "GET /" + number + "\n");
    EXPECT_EQ(client.receive()->body, "POST /s" + number + "\nabc");
    EXPECT_EQ(client.receive()->body, "POST /c" + number + "\nxyz");
  }
}

TEST_F(ServerTest, ReadsARequestThatArrivesByteByByte) {
  RawClient client(server_.port());
  const std::string request =
      "POST /slow HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
  for (const char byte : request) ASSERT_TRUE(client.send({&byte, 1}));
  EXPECT_EQ(client.receive()->body, "POST /slow\nabc");
}

TEST_F(ServerTest, ReadsABodyOfManyChunks) {
  RawClient client(server_.port());
  client.send("POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (int i = 0; i < 3000; ++i) client.send("a\r\n0123456789\r\n");
  client.send("0\r\n\r\n");
  EXPECT_EQ(client.receive()->body.size(), std::string("POST /x\n").size() + 30000);
}

TEST_F(ServerTest, HandsOnWhatTheRequestSays) {
  const auto answer = RawClient(server_.port()).exchange(get("/a%20b?q=1", "X-One:  first \r\nx-one: second\r\n"));
  const Request request = service_.requests().front();
  EXPECT_EQ(request.method, Method::get);
  EXPECT_EQ(request.target, "/a%20b?q=1");
  EXPECT_EQ(*request.headers.find("X-One"), "first");
  EXPECT_EQ(request.headers.count("x-one"), 2U);
  EXPECT_EQ(request.peer_address, "127.0.0.1");
  EXPECT_EQ(request.request_id, answer->header("X-Request-Id"));
  EXPECT_GT(request.received_at, Instant{});
}

TEST_F(ServerTest, GivesEveryRequestItsOwnIdWhateverTheClientSays) {
  RawClient client(server_.port());
  std::set<std::string> ids;
  for (int i = 0; i < 300; ++i) ids.insert(client.exchange(get("/", "X-Request-Id: mine\r\n"))->header("X-Request-Id"));
  EXPECT_EQ(ids.size(), 300U);
  EXPECT_THAT(ids, ::testing::Each(::testing::MatchesRegex("[0-9a-f]{32}")));
}

TEST_F(ServerTest, AddsWhatEveryAnswerHas) {
  const auto answer = RawClient(server_.port()).exchange(get("/"));
  EXPECT_EQ(answer->header("X-Content-Type-Options"), "nosniff");
  EXPECT_THAT(answer->header("Date"),
              ::testing::MatchesRegex("[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT"));
  EXPECT_EQ(answer->header("Content-Length"), std::to_string(answer->body.size()));
}

TEST_F(ServerTest, AnswersHeadWithTheLengthButWithoutTheBody) {
  RawClient client(server_.port());
  client.send("HEAD /abc HTTP/1.1\r\nHost: a\r\n\r\n");
  const auto answer = client.receive(false);
  EXPECT_EQ(answer->header("Content-Length"), std::to_string(std::string("HEAD /abc\n").size()));
  EXPECT_EQ(client.exchange(get("/next"))->body, "GET /next\n");
}

TEST_F(ServerTest, SendsALastingBodyFromWhereItIs) {
  static const std::string bytes(1'000'000, 'a');
  service_.answer_with([](const Request&) -> Task<Response> {
    Response response;
    response.lasting_body = bytes;
    co_return response;
  });
  RawClient client(server_.port());
  EXPECT_EQ(client.exchange(get("/file"))->body, bytes);
  EXPECT_EQ(client.exchange(get("/file"))->body, bytes);
}

TEST_F(ServerTest, ClosesWhenTheClientAsksForIt) {
  RawClient client(server_.port());
  const auto answer = client.exchange(get("/", "Connection: foo, Close\r\n"));
  EXPECT_EQ(answer->header("Connection"), "close");
  EXPECT_TRUE(client.is_closed());
}

TEST_F(ServerTest, ClosesAfterAnHttp10RequestUnlessAskedToStay) {
  RawClient client(server_.port());
  const auto stays = client.exchange("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_EQ(stays->header("Connection"), "keep-alive");
  const auto ends = client.exchange("GET / HTTP/1.0\r\n\r\n");
  EXPECT_EQ(ends->header("Connection"), "close");
  EXPECT_TRUE(client.is_closed());
}

TEST_F(ServerTest, ClosesWhenTheApplicationAsksForIt) {
  service_.answer_with([](Request request) -> Task<Response> {
    Response response = co_await StandInService::echo(std::move(request));
    response.headers.add("Connection", "close");
    co_return response;
  });
  RawClient client(server_.port());
  EXPECT_EQ(client.exchange(get("/"))->headers.count("Connection"), 1U);
  EXPECT_TRUE(client.is_closed());
}

TEST_F(ServerTest, AnswersAClientThatHasStoppedSending) {
  RawClient client(server_.port());
  client.send(get("/last"));
  client.end_sending();
  EXPECT_EQ(client.receive()->body, "GET /last\n");
  EXPECT_TRUE(client.is_closed());
}

TEST_F(ServerTest, InvitesABodyThatTheClientHoldsBack) {
  RawClient client(server_.port());
  client.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.receive()->status, 100U);
  client.send("hello");
  EXPECT_EQ(client.receive()->body, "POST /x\nhello");
}

TEST_F(ServerTest, InvitesNoBodyThatItWouldRefuse) {
  RawClient client(server_.port());
  client.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 65537\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.receive()->status, 413U);
}

TEST_F(ServerTest, InvitesNoBodyThatHasCome) {
  RawClient client(server_.port());
  client.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\nhello");
  EXPECT_EQ(client.receive()->status, 200U);
}

TEST_F(ServerTest, LetsAClientReadTheRefusalOfABodyThatItIsStillSending) {
  RawClient client(server_.port());
  client.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000\r\n\r\n");
  client.send(std::string(2'000'000, 'b'));
  EXPECT_EQ(client.receive()->status, 413U);
}

TEST_F(ServerTest, SendsALargeBodyWhole) {
  service_.answer_with([](Request) -> Task<Response> {
    co_return Response{.status = 200, .headers = {}, .body = std::string(20'000'000, 'z')};
  });
  EXPECT_EQ(RawClient(server_.port()).exchange(get("/"))->body, std::string(20'000'000, 'z'));
}

TEST_F(ServerTest, SendsNoBodyWith204And304) {
  service_.answer_with([](Request request) -> Task<Response> {
    const unsigned status = request.target == "/304" ? 304 : 204;
    co_return Response{.status = status, .headers = {}, .body = "must not be seen"};
  });
  RawClient client(server_.port());
  EXPECT_EQ(client.exchange(get("/204"))->headers.count("Content-Length"), 0U);
  EXPECT_EQ(client.exchange(get("/304"))->headers.count("Content-Length"), 0U);
  EXPECT_EQ(client.exchange(get("/204"))->status, 204U);
}

TEST_F(ServerTest, Answers500WhenTheServiceThrowsAndGoesOn) {
  service_.answer_with([](Request request) -> Task<Response> {
    if (request.target == "/throws") throw std::runtime_error("a secret");
    return StandInService::echo(std::move(request));
  });
  RawClient client(server_.port());
  const auto answer = client.exchange(get("/throws"));
  EXPECT_EQ(answer->status, 500U);
  EXPECT_EQ(answer->body, "internal_error");
  EXPECT_EQ(client.exchange(get("/next"))->body, "GET /next\n");
}

TEST_F(ServerTest, Answers500ForAStatusThatCannotBeAnAnswer) {
  service_.answer_with([](Request request) -> Task<Response> {
    co_return Response{.status = request.target == "/100" ? 100U : 0U, .headers = {}, .body = {}};
  });
  RawClient client(server_.port());
  EXPECT_EQ(client.exchange(get("/100"))->status, 500U);
  EXPECT_EQ(client.exchange(get("/0"))->status, 500U);
}

TEST_F(ServerTest, ServesAHandlerThatWaitsForTheBlockingPool) {
  BlockingPool pool({.threads = 2});
  service_.answer_with([&pool](Request request) -> Task<Response> {
    auto job = [target = request.target] { return "slow " + target; };
    auto text = co_await pool.run(std::move(job));
    co_return Response{.status = 200, .headers = {}, .body = *text};
  });
  RawClient client(server_.port());
  client.send(get("/1") + get("/2"));
  EXPECT_EQ(client.receive()->body, "slow /1");
  EXPECT_EQ(client.receive()->body, "slow /2");
  server_.stop();
}

TEST_F(ServerTest, ServesOthersWhileAClientVanishes) {
  {
    RawClient vanishing(server_.port());
    vanishing.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhal");
  }
  EXPECT_EQ(RawClient(server_.port()).exchange(get("/next"))->body, "GET /next\n");
}

TEST(Server, ServesFromSeveralThreads) {
  StandInService service;
  RunningServer server(service, {.io_threads = 3});
  std::vector<std::jthread> clients;
  std::atomic<int> served = 0;
  for (int i = 0; i < 8; ++i) {
    clients.emplace_back([&] {
      for (int j = 0; j < 20; ++j) {
        RawClient client(server.port());
        for (int k = 0; k < 5; ++k) {
          const auto answer = client.exchange(get("/"));
          if (answer && answer->body == "GET /\n") ++served;
        }
      }
    });
  }
  clients.clear();
  EXPECT_EQ(served, 800);
}

TEST(Server, SaysInASentenceWhyItCannotListen) {
  StandInService service;
  const RunningServer running(service);
  for (const unsigned threads : {1U, 2U}) {
    Server second({.port = running.port(), .io_threads = threads}, service);
    const Done listening = second.listen();
    ASSERT_FALSE(listening.has_value());
    EXPECT_THAT(
        std::string(listening.error().public_text()),
        ::testing::HasSubstr("cannot listen on 127.0.0.1:" + std::to_string(running.port()) + ": the port is in use"));
  }
  Server nowhere({.address = "nowhere"}, service);
  EXPECT_THAT(std::string(nowhere.listen().error().public_text()), ::testing::HasSubstr("this is no IP address"));
  Server elsewhere({.address = "192.0.2.1", .port = 0}, service);
  EXPECT_THAT(std::string(elsewhere.listen().error().public_text()), ::testing::HasSubstr("not one of this machine"));
}

TEST(Server, TakesLocalhostForTheLoopbackAddress) {
  StandInService service;
  const RunningServer server(service, {.address = "localhost"});
  EXPECT_EQ(RawClient(server.port()).exchange(get("/"))->status, 200U);
}

}  // namespace
}  // namespace cardea::web
