#include "run/response_text.hpp"

#include <gmock/gmock.h>

#include "run/http_date.hpp"

namespace cardea::web {
namespace {

using namespace std::string_literals;
using ::testing::HasSubstr;
using ::testing::Not;

const ResponseFraming kFraming{.date = "Sun, 06 Nov 1994 08:49:37 GMT", .request_id = "id"};

std::string head_with(std::string_view name, std::string_view value) {
  Response response{.status = 200, .headers = {}, .body = "four"};
  response.headers.add(name, value);
  std::string text;
  append_head(text, response, kFraming);
  return text;
}

TEST(ResponseText, IsTheStatusLineTheFieldsAndAnEmptyLine) {
  EXPECT_EQ(head_with("Content-Type", "text/plain"),
            "HTTP/1.1 200 OK\r\n"
            "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
            "X-Request-Id: id\r\n"
            "Content-Type: text/plain\r\n"
            "X-Content-Type-Options: nosniff\r\n"
            "Content-Length: 4\r\n"
            "\r\n");
}

TEST(ResponseText, NamesTheStatus) {
  std::string text;
  append_head(text, Response{.status = 404, .headers = {}, .body = {}}, kFraming);
  EXPECT_THAT(text, ::testing::StartsWith("HTTP/1.1 404 Not Found\r\n"));
}

TEST(ResponseText, LeavesOutAFieldThatCouldBeginAnother) {
  const auto plain = head_with("X-A", "b");
  EXPECT_THAT(plain, HasSubstr("X-A: b\r\n"));
  for (const auto& value : {"b\r\nX-Evil: 1"s, "b\nX-Evil: 1"s, "b\rX-Evil: 1"s, "b\0c"s, "\x7f"s})
    EXPECT_THAT(head_with("X-A", value), Not(HasSubstr("X-A")));
  for (const auto& name : {"X-A\r\nX-Evil"s, "X A"s, "X-A:"s, ""s})
    EXPECT_EQ(head_with(name, "b"), head_with("Content-Length", "9"));
}

TEST(ResponseText, KeepsWhatFramesTheMessageToItself) {
  for (const auto* name : {"Content-Length", "connection", "Transfer-Encoding", "DATE", "X-Request-Id", "Keep-Alive",
                           "Upgrade", "Trailer"})
    EXPECT_EQ(head_with(name, "x"), head_with("", ""));
}

TEST(ResponseText, CountsTheBytesOfALastingBody) {
  Response response;
  response.lasting_body = "twelve bytes";
  std::string text;
  append_head(text, response, kFraming);
  EXPECT_THAT(text, HasSubstr("Content-Length: 12\r\n"));
}

TEST(ResponseText, LeavesContentTypeOptionsToTheApplicationThatSetsThem) {
  const auto text = head_with("x-content-type-options", "nosniff");
  EXPECT_THAT(text, Not(HasSubstr("X-Content-Type-Options")));
}

TEST(HttpDate, IsTheFixedFormOfRfc9110) {
  EXPECT_EQ(http_date_of(784111777).view(), "Sun, 06 Nov 1994 08:49:37 GMT");  // RFC 9110 section 5.6.7
  HttpDate date;
  EXPECT_EQ(date.at(784111777), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(date.at(784111778), "Sun, 06 Nov 1994 08:49:38 GMT");
}

}  // namespace
}  // namespace cardea::web
