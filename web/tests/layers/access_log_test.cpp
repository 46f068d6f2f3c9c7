#include <gmock/gmock.h>

#include <array>
#include <boost/json/parse.hpp>
#include <cardea/web/layers/access_log.hpp>
#include <latch>
#include <mutex>
#include <sstream>
#include <thread>
#include <vector>

#include "run/raw_client.hpp"
#include "run/running_server.hpp"
#include "run/stand_in_service.hpp"

namespace cardea::web {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

AccessEntry entry() {
  return {.received_at = *parse_instant("2026-01-01T12:00:00Z") + 7us,
          .request_id = "9f86d081884c7d659a2feaa0c55ad015",
          .peer_address = "127.0.0.1",
          .method = "GET",
          .path = "/me",
          .status = 200,
          .bytes = 57,
          .duration = 113us};
}

TEST(AccessLine, IsOneLineOfText) {
  EXPECT_EQ(access_line_of(entry(), AccessLogFormat::text),
            "2026-01-01T12:00:00.000007Z 127.0.0.1 \"GET /me\" 200 57 113us 9f86d081884c7d659a2feaa0c55ad015");
}

TEST(AccessLine, IsOneJsonObject) {
  const auto line = boost::json::parse(access_line_of(entry(), AccessLogFormat::json)).as_object();
  EXPECT_EQ(line.at("time"), "2026-01-01T12:00:00.000007Z");
  EXPECT_EQ(line.at("request_id"), "9f86d081884c7d659a2feaa0c55ad015");
  EXPECT_EQ(line.at("peer"), "127.0.0.1");
  EXPECT_EQ(line.at("method"), "GET");
  EXPECT_EQ(line.at("path"), "/me");
  EXPECT_EQ(line.at("status"), 200);
  EXPECT_EQ(line.at("bytes"), 57);
  EXPECT_EQ(line.at("duration_us"), 113);
}

TEST(AccessLine, NamesTheTraceOfTheCaller) {
  auto traced = entry();
  traced.trace = TraceContext::parse("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
  EXPECT_THAT(access_line_of(traced, AccessLogFormat::text),
              EndsWith(" 9f86d081884c7d659a2feaa0c55ad015 4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7"));
  const auto line = boost::json::parse(access_line_of(traced, AccessLogFormat::json)).as_object();
  EXPECT_EQ(line.at("trace_id"), "4bf92f3577b34da6a3ce929d0e0e4736");
  EXPECT_EQ(line.at("parent_id"), "00f067aa0ba902b7");
}

TEST(AccessLine, EscapesWhatCouldBeginAnotherLineOrField) {
  auto forged = entry();
  forged.path = "/a\r\nb\"c\\d\x1b[2J\xff";
  EXPECT_THAT(access_line_of(forged, AccessLogFormat::text),
              HasSubstr(R"("GET /a\u000d\u000ab\"c\\d\u001b[2J\u00ff")"));
  const auto line = boost::json::parse(access_line_of(forged, AccessLogFormat::json)).as_object();
  EXPECT_THAT(std::string(line.at("path").as_string()), StartsWith("/a\r\nb\"c\\d\x1b[2J"));
}

// Keeps what is written, line by line.
class Lines {
 public:
  BatchedAccessLog::Write writer() {
    return [this](std::string_view lines) {
      const std::lock_guard lock(mutex_);
      text_.append(lines).append("\n");
    };
  }
  std::string text() const {
    const std::lock_guard lock(mutex_);
    return text_;
  }

 private:
  mutable std::mutex mutex_;
  std::string text_;
};

TEST(BatchedAccessLog, WritesEveryLineOfEveryThreadByItsEnd) {
  Lines lines;
  {
    BatchedAccessLog log(AccessLogFormat::text, lines.writer());
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&log] {
        for (int j = 0; j < 5000; ++j) log.record(entry());
      });
    }
  }
  const auto text = lines.text();
  const auto line = access_line_of(entry(), AccessLogFormat::text) + "\n";
  ASSERT_EQ(text.size(), 20000 * line.size());
  for (std::size_t i = 0; i < text.size(); i += line.size()) ASSERT_EQ(text.substr(i, line.size()), line);
}

TEST(BatchedAccessLog, KeepsTheOrderOfEachThread) {
  Lines lines;
  {
    BatchedAccessLog log(AccessLogFormat::json, lines.writer());
    std::vector<std::jthread> threads;
    for (unsigned thread = 0; thread < 4; ++thread) {
      threads.emplace_back([&log, thread] {
        for (unsigned i = 0; i < 3000; ++i) {
          auto numbered = entry();
          numbered.status = thread;
          numbered.bytes = i;
          log.record(numbered);
        }
      });
    }
  }
  std::array<std::int64_t, 4> next{};
  std::istringstream text{lines.text()};
  for (std::string line; std::getline(text, line);) {
    const auto read = boost::json::parse(line).as_object();
    EXPECT_EQ(read.at("bytes").as_int64(), next.at(read.at("status").to_number<std::size_t>())++);
  }
  EXPECT_THAT(next, ::testing::Each(3000));
}

TEST(BatchedAccessLog, WritesWhileItGoesOn) {
  std::latch written{1};
  BatchedAccessLog log(AccessLogFormat::text, [&written](std::string_view) { written.count_down(); });
  log.record(entry());
  written.wait();
}

TEST(BatchedAccessLog, DropsAndCountsWhatASlowWriterCannotTake) {
  Lines lines;
  std::latch stuck{1};
  std::latch released{1};
  constexpr std::size_t kRecords = 150'000;
  {
    BatchedAccessLog log(AccessLogFormat::json, [&, write = lines.writer(), first = true](auto batch) mutable {
      if (std::exchange(first, false)) {
        stuck.count_down();
        released.wait();
      }
      write(batch);
    });
    log.record(entry());
    stuck.wait();
    for (std::size_t i = 1; i < kRecords; ++i) log.record(entry());
    released.count_down();
  }
  const auto text = lines.text();
  const auto gap = text.find("{\"dropped\":");
  ASSERT_NE(gap, std::string::npos);
  const auto written = static_cast<std::size_t>(std::ranges::count(text, '\n')) - 1;
  EXPECT_EQ(written + std::stoul(text.substr(gap + 11)), kRecords);
}

TEST(AccessLogOfTheServer, HasALineForEveryAnswerWithoutQueryAndHeaders) {
  testing::StandInService service;
  Lines lines;
  BatchedAccessLog log(AccessLogFormat::json, lines.writer());
  std::string id;
  {
    const testing::RunningServer server(service, {}, &log);
    testing::RawClient client(server.port());
    id = client.exchange("GET /me?token=hidden HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer hidden\r\n\r\n")
             ->header("X-Request-Id");
    client.exchange("GET /broken?token=hidden HTTP/1.1\r\n\r\n");
  }
  std::string text;
  while (std::ranges::count(text = lines.text(), '\n') < 2) std::this_thread::yield();
  EXPECT_THAT(text, Not(HasSubstr("hidden")));
  const auto first = boost::json::parse(text.substr(0, text.find('\n'))).as_object();
  EXPECT_EQ(first.at("path"), "/me");
  EXPECT_EQ(first.at("status"), 200);
  EXPECT_EQ(std::string(first.at("request_id").as_string()), id);
  EXPECT_EQ(first.at("bytes"), std::string("GET /me?token=hidden\n").size());
  const auto second = boost::json::parse(text.substr(text.find('\n') + 1)).as_object();
  EXPECT_EQ(second.at("path"), "/broken");
  EXPECT_EQ(second.at("status"), 400);
}

TEST(AccessLogOfTheServer, NamesATraceThatIsWellFormedAndNoOther) {
  testing::StandInService service;
  Lines lines;
  BatchedAccessLog log(AccessLogFormat::json, lines.writer());
  {
    const testing::RunningServer server(service, {}, &log);
    testing::RawClient client(server.port());
    const std::string good = "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\n";
    client.exchange("GET /1 HTTP/1.1\r\nHost: a\r\n" + good + "\r\n");
    client.exchange("GET /2 HTTP/1.1\r\nHost: a\r\ntraceparent: 00-forged\r\n\r\n");
    client.exchange("GET /3 HTTP/1.1\r\nHost: a\r\n" + good + good + "\r\n");
  }
  std::string text;
  while (std::ranges::count(text = lines.text(), '\n') < 3) std::this_thread::yield();
  const auto first = boost::json::parse(text.substr(0, text.find('\n'))).as_object();
  EXPECT_EQ(first.at("trace_id"), "4bf92f3577b34da6a3ce929d0e0e4736");
  EXPECT_EQ(first.at("parent_id"), "00f067aa0ba902b7");
  EXPECT_THAT(text.substr(text.find('\n')), AllOf(Not(HasSubstr("trace_id")), Not(HasSubstr("forged"))));
}

}  // namespace
}  // namespace cardea::web
