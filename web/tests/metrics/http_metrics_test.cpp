#include <gmock/gmock.h>

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cardea/web/app.hpp>
#include <latch>
#include <stdexcept>

#include "metrics/scrape.hpp"
#include "run/raw_client.hpp"
#include "run/running_server.hpp"

namespace cardea::web {
namespace {

using namespace std::chrono_literals;
using testing::RawClient;
using testing::RunningServer;
using testing::value_becomes;
using testing::value_of;

std::string request(std::string_view line) { return std::string(line) + " HTTP/1.1\r\nHost: a\r\n\r\n"; }

std::string requests_of(std::string_view route, std::string_view method, std::string_view status) {
  return "cardea_http_requests_total{route=\"" + std::string(route) + "\",method=\"" + std::string(method) +
         "\",status=\"" + std::string(status) + "\"}";
}

class HttpMetricsTest : public ::testing::Test {
 protected:
  HttpMetricsTest() {
    app_.get<"/posts/{id}">([](Public, Path<"id", std::string> id) { return *id; });
    app_.post<"/posts">([](Public, const Request&) { return NoContent{}; }).body_limit(10);
    app_.get<"/broken">([](Public) -> NoContent { throw std::runtime_error("broken"); });
    app_.get<"/odd">([](Public) { return Response{299, {}, {}}; });
    app_.get<"/large">([](Public) { return Response{200, {}, std::string(std::size_t{64} << 20U, 'x')}; });
    app_.get<"/slow">([](Public) -> Task<NoContent> {
      boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, 1h);
      co_await timer.async_wait(boost::asio::use_awaitable);
      co_return NoContent{};
    });
    app_.get<"/held">([this](Public) {
          begun_.count_down();
          released_.wait();
          return NoContent{};
        })
        .blocking();
    app_.on_failure([](const RequestContext&, const Error&) {});
    app_.prepare();
  }

  std::optional<double> count(std::string_view route, std::string_view method, std::string_view status) {
    return value_of(app_, requests_of(route, method, status));
  }

  std::latch begun_{1};
  std::latch released_{1};
  App app_;
};

TEST_F(HttpMetricsTest, CountsRequestsByThePatternOfTheirRoute) {
  const RunningServer server(app_);
  RawClient client(server.port());
  client.exchange(request("GET /posts/1"));
  client.exchange(request("GET /posts/2?q=3"));
  client.exchange(request("GET /broken"));
  EXPECT_EQ(count("/posts/{id}", "GET", "200"), 2);
  EXPECT_EQ(count("/broken", "GET", "500"), 1);
  EXPECT_THAT(app_.metrics().prometheus_text(), ::testing::Not(::testing::HasSubstr("/posts/1")));
}

TEST_F(HttpMetricsTest, CountsHeadApartFromTheGetThatAnswersIt) {
  const RunningServer server(app_);
  RawClient client(server.port());
  client.send(request("HEAD /posts/1"));
  client.receive(false);
  EXPECT_EQ(count("/posts/{id}", "HEAD", "200"), 1);
  EXPECT_EQ(count("/posts/{id}", "GET", "200"), std::nullopt);
}

TEST_F(HttpMetricsTest, CountsAStatusThatNobodyExpectsByItsClass) {
  const RunningServer server(app_);
  RawClient(server.port()).exchange(request("GET /odd"));
  EXPECT_EQ(count("/odd", "GET", "2xx"), 1);
}

TEST_F(HttpMetricsTest, MakesNoSeriesOfWhatAClientMakesUp) {
  RunningServer server(app_);
  const auto flood = [&](const std::string& mark) {
    RawClient client(server.port());
    for (int i = 0; i < 200; ++i) {
      const auto name = mark + std::to_string(i);
      EXPECT_EQ(client.exchange(request("GET /" + name))->status, 404U);
      EXPECT_EQ(client.exchange(request(name + " /posts/1"))->status, 405U);
    }
    const auto text = app_.metrics().prometheus_text();
    return std::ranges::count(text, '\n');
  };
  const auto lines = flood("A");
  EXPECT_EQ(flood("B"), lines);
  EXPECT_EQ(count("unmatched", "GET", "404"), 400);
  EXPECT_EQ(count("unmatched", "other", "405"), 400);
}

TEST_F(HttpMetricsTest, CountsWhatIsNoRequestAtAll) {
  const RunningServer server(app_);
  RawClient(server.port()).exchange("nonsense\r\n\r\n");
  EXPECT_EQ(count("unmatched", "other", "400"), 1);
}

TEST_F(HttpMetricsTest, CountsARefusalOfTheServerWhereTheRequestWasMeantToGo) {
  const RunningServer server(app_);
  const std::string head = "POST /posts HTTP/1.1\r\nHost: a\r\nContent-Length: ";
  RawClient(server.port()).exchange(head + "11\r\n\r\n12345678901");
  EXPECT_EQ(count("/posts", "POST", "413"), 1);
  RawClient client(server.port());
  client.send(head + "10\r\n\r\n123");
  client.end_sending();
  client.receive();
  EXPECT_EQ(count("/posts", "POST", "400"), 1);
}

TEST_F(HttpMetricsTest, CountsARequestThatTheDeadlineEndedOnce) {
  ServerOptions options;
  options.deadlines.handler = 10ms;
  const RunningServer server(app_, options);
  EXPECT_EQ(RawClient(server.port()).exchange(request("GET /slow"))->status, 503U);
  EXPECT_EQ(count("/slow", "GET", "503"), 1);
  EXPECT_EQ(value_becomes(app_, "cardea_http_requests_in_flight", 0), 0);
  EXPECT_EQ(value_of(app_, "cardea_http_request_duration_seconds_count{route=\"/slow\",method=\"GET\"}"), 1);
}

TEST_F(HttpMetricsTest, CountsAnAnswerThatTheClientDidNotTakeWithItsStatusAndAsCut) {
  const RunningServer server(app_);
  {
    RawClient client(server.port());
    client.send(request("GET /large"));
  }
  EXPECT_EQ(value_becomes(app_, "cardea_http_answers_cut_total", 1), 1);
  EXPECT_EQ(count("/large", "GET", "200"), 1);
}

TEST_F(HttpMetricsTest, SeesRequestsThatAreBeingAnswered) {
  const RunningServer server(app_);
  RawClient client(server.port());
  client.send(request("GET /held"));
  begun_.wait();
  EXPECT_EQ(value_of(app_, "cardea_http_requests_in_flight"), 1);
  EXPECT_EQ(value_of(app_, "cardea_pool_running{pool=\"blocking\"}"), 1);
  released_.count_down();
  client.receive();
  EXPECT_EQ(value_becomes(app_, "cardea_http_requests_in_flight", 0), 0);
  EXPECT_EQ(value_becomes(app_, "cardea_pool_running{pool=\"blocking\"}", 0), 0);
}

TEST_F(HttpMetricsTest, SeesConnectionsComeAndGo) {
  ServerOptions options;
  options.caps.in_all = 1;
  const RunningServer server(app_, options);
  {
    RawClient client(server.port());
    for (int i = 0; i < 3; ++i) client.exchange(request("GET /posts/1"));
    EXPECT_EQ(value_of(app_, "cardea_http_connections_open"), 1);
    EXPECT_EQ(RawClient(server.port()).receive()->status, 503U);
  }
  EXPECT_EQ(value_becomes(app_, "cardea_http_connections_open", 0), 0);
  EXPECT_EQ(value_of(app_, "cardea_http_connections_accepted_total"), 1);
  EXPECT_EQ(value_of(app_, "cardea_http_connections_refused_total"), 1);
  EXPECT_EQ(count("/posts/{id}", "GET", "200"), 3);
}

TEST_F(HttpMetricsTest, NeverFallAndMeasureEveryAnswerThatTheyCount) {
  const RunningServer server(app_);
  RawClient client(server.port());
  const std::string bucket =
      R"(cardea_http_request_duration_seconds_bucket{route="/posts/{id}",method="GET",le="+Inf"})";
  double last = 0;
  for (int i = 1; i <= 50; ++i) {
    client.exchange(request("GET /posts/1"));
    EXPECT_EQ(count("/posts/{id}", "GET", "200"), i);
    EXPECT_EQ(value_of(app_, bucket), i);
    const auto sum =
        value_of(app_, R"(cardea_http_request_duration_seconds_sum{route="/posts/{id}",method="GET"})").value_or(0);
    EXPECT_GT(sum, last);
    last = sum;
  }
}

TEST_F(HttpMetricsTest, AddUpWhatSeveralThreadsAnswer) {
  ServerOptions options;
  options.io_threads = 3;
  RunningServer server(app_, options);
  {
    std::vector<std::jthread> clients;
    for (int i = 0; i < 6; ++i) {
      clients.emplace_back([&server] {
        RawClient client(server.port());
        for (int time = 0; time < 300; ++time) client.exchange(request("GET /posts/1"));
      });
    }
  }
  EXPECT_EQ(count("/posts/{id}", "GET", "200"), 1800);
}

TEST(MetricsOfAnApp, AreThoseOfTheLibraryAndItsOwn) {
  App app;
  app.metrics().counter<"shop_orders_total">("Orders that were placed").add(2);
  EXPECT_EQ(value_of(app, "shop_orders_total"), 2);
  EXPECT_EQ(value_of(app, "cardea_build_info{version=\"0.1.0\"}"), 1);
  EXPECT_GT(value_of(app, "process_resident_memory_bytes"), 0);
}

}  // namespace
}  // namespace cardea::web
