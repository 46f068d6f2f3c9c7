#include <gtest/gtest.h>

#include <array>
#include <cardea/core/key/remote_key_set.hpp>
#include <cardea/web/remote/https_key_set_fetcher.hpp>
#include <cstdlib>
#include <future>

#include "remote/issuer_server.hpp"
#include "remote/test_authority.hpp"

namespace cardea::web {
namespace {

using namespace std::chrono_literals;
using testing::AfterTheAnswer;
using testing::IssuerServer;
using testing::TestAuthority;

constexpr std::string_view kBody = R"({"keys":[]})";

std::string answer(const std::string& fields, std::string_view body = kBody) {
  return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + fields + "\r\n" +
         std::string(body);
}
std::string json_answer(const std::string& fields = {}) {
  return answer("Content-Type: application/json\r\n" + fields);
}

HttpsKeySetFetcher fetcher_of(const IssuerServer& server, HttpsKeySetFetcherOptions options = {}) {
  return HttpsKeySetFetcher{KeySetUrl::parse(server.url()).value(), std::move(options)};
}
Result<FetchedKeySet> fetch(const IssuerServer& server, const HttpsKeySetFetcherOptions& options = {},
                            std::string_view etag = {}) {
  return fetcher_of(server, options).fetch(etag);
}

// The private text of a failure that is what it has to be; otherwise something that no test expects.
std::string why(const Result<FetchedKeySet>& fetched) {
  if (fetched) return "it succeeded: " + fetched->body.substr(0, 100);
  EXPECT_EQ(fetched.error().code(), ErrorCode::key_set_unavailable);
  EXPECT_EQ(fetched.error().public_text(), "Service Unavailable");
  return std::string(fetched.error().private_text());
}
bool says(const Result<FetchedKeySet>& fetched, std::string_view expected) {
  const auto text = why(fetched);
  if (text.find(expected) != std::string::npos) return true;
  ADD_FAILURE() << text;
  return false;
}

class HttpsKeySetFetcherTest : public ::testing::Test {
 protected:
  IssuerServer plain;
};

TEST_F(HttpsKeySetFetcherTest, GivesTheBodyAsItIs) {
  plain.answer_with(json_answer());
  const auto fetched = fetch(plain).value();
  EXPECT_EQ(fetched.body, kBody);
  EXPECT_FALSE(fetched.not_modified);
  EXPECT_EQ(fetched.etag, "");
  EXPECT_EQ(fetched.max_age, std::nullopt);
}

TEST_F(HttpsKeySetFetcherTest, AsksForAKeySetAndSaysWhoAsks) {
  plain.answer_with(json_answer());
  ASSERT_TRUE(fetch(plain));
  const auto request = plain.requests().at(0);
  EXPECT_TRUE(request.starts_with("GET /jwks.json HTTP/1.1\r\n")) << request;
  for (const auto* line : {"\r\nUser-Agent: cardea/", "\r\nAccept: application/jwk-set+json, application/json\r\n",
                           "\r\nCache-Control: no-cache\r\n"}) {
    EXPECT_NE(request.find(line), std::string::npos) << request;
  }
  EXPECT_EQ(request.find("If-None-Match"), std::string::npos);
}

TEST_F(HttpsKeySetFetcherTest, SendsAnEtagIfItIsOne) {
  plain.answer_with("HTTP/1.1 304 Not Modified\r\nCache-Control: max-age=60\r\n\r\n");
  const auto fetched = fetch(plain, {}, "W/\"1\"").value();
  EXPECT_TRUE(fetched.not_modified);
  EXPECT_EQ(fetched.body, "");
  EXPECT_EQ(fetched.max_age, 60s);
  EXPECT_NE(plain.requests().at(0).find("\r\nIf-None-Match: W/\"1\"\r\n"), std::string::npos);

  for (const auto* etag : {"1", "\"1", R"("1"")", "\"1\"\r\nX: y", "\"1\r\nX: y\""}) {
    ASSERT_TRUE(fetch(plain, {}, etag));
    EXPECT_EQ(plain.requests().back().find("If-None-Match"), std::string::npos) << etag;
  }
}

TEST_F(HttpsKeySetFetcherTest, ReadsTheEtagStrictly) {
  struct Case {
    std::string fields;
    std::string etag;
  };
  for (const auto& [fields, etag] :
       {Case{.fields = "ETag: \"1\"\r\n", .etag = "\"1\""}, Case{.fields = "etag: W/\"a b\"\r\n", .etag = ""},
        Case{.fields = "ETag: W/\"ab\"\r\n", .etag = "W/\"ab\""}, Case{.fields = "ETag: 1\r\n", .etag = ""},
        Case{.fields = "ETag: \"1\"\r\nETag: \"2\"\r\n", .etag = ""},
        Case{.fields = "ETag: \"" + std::string(300, 'x') + "\"\r\n", .etag = ""}}) {
    plain.answer_with(json_answer(fields));
    EXPECT_EQ(fetch(plain).value().etag, etag) << fields;
  }
}

TEST_F(HttpsKeySetFetcherTest, ReadsHowLongTheAnswerStaysRight) {
  plain.answer_with(json_answer("Cache-Control: public\r\nCache-Control: max-age=300\r\nAge: 100\r\n"));
  EXPECT_EQ(fetch(plain).value().max_age, 200s);
  plain.answer_with(json_answer("Cache-Control: max-age=300, no-store\r\n"));
  EXPECT_EQ(fetch(plain).value().max_age, 0s);
}

TEST_F(HttpsKeySetFetcherTest, TakesNoFieldFromAnInterimAnswerOrATrailer) {
  plain.answer_with(
      "HTTP/1.1 103 Early Hints\r\nETag: \"early\"\r\nContent-Type: text/html\r\n\r\n"
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nTrailer: ETag\r\n\r\n"
      "2\r\n{}\r\n0\r\nETag: \"late\"\r\nCache-Control: max-age=9\r\n\r\n");
  const auto fetched = fetch(plain).value();
  EXPECT_EQ(fetched.body, "{}");
  EXPECT_EQ(fetched.etag, "");
  EXPECT_EQ(fetched.max_age, std::nullopt);
}

TEST_F(HttpsKeySetFetcherTest, TakesJsonOnly) {
  for (const auto* type : {"application/json", "application/jwk-set+json", "Application/JSON;charset=utf-8",
                           "application/json ; charset=utf-8"}) {
    plain.answer_with(answer("Content-Type: " + std::string(type) + "\r\n"));
    EXPECT_TRUE(fetch(plain)) << type;
  }
  for (const auto* fields :
       {"", "Content-Type: text/html\r\n", "Content-Type: text/plain\r\n", "Content-Type: application/jsonp\r\n",
        "Content-Type: \r\n", "Content-Type: application/json\r\nContent-Type: application/json\r\n"}) {
    plain.answer_with(answer(fields));
    EXPECT_TRUE(says(fetch(plain), "content type is not JSON")) << fields;
  }
}

TEST_F(HttpsKeySetFetcherTest, TakesNoOtherStatusAndFollowsNoRedirect) {
  const IssuerServer elsewhere;
  for (const auto* status : {"201", "203", "204", "206", "301", "302", "307", "308", "404", "500", "503"}) {
    plain.answer_with("HTTP/1.1 " + std::string(status) + " X\r\nLocation: " + elsewhere.url() +
                      "\r\nContent-Type: application/json\r\nContent-Length: 0\r\n\r\n");
    EXPECT_TRUE(says(fetch(plain), "answered " + std::string(status)));
  }
  EXPECT_TRUE(elsewhere.requests().empty());
}

TEST_F(HttpsKeySetFetcherTest, TakesABodyOfExactlyTheLargestSize) {
  plain.answer_with(json_answer());
  EXPECT_TRUE(fetch(plain, {.largest_body = kBody.size()}));
  EXPECT_TRUE(says(fetch(plain, {.largest_body = kBody.size() - 1}), "more than 10 bytes"));
}

TEST_F(HttpsKeySetFetcherTest, CutsABodyWithoutAnEnd) {
  for (const auto* length : {"Content-Length: 99999999999\r\n", ""}) {
    plain.answer_with("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + std::string(length) + "\r\n",
                      AfterTheAnswer::send_more);
    EXPECT_TRUE(says(fetch(plain, {.whole_limit = 60s}), "more than 262144 bytes")) << length;
  }
}

TEST_F(HttpsKeySetFetcherTest, CutsAHeadWithoutAnEnd) {
  std::string head = "HTTP/1.1 200 OK\r\n";
  for (int i = 0; i < 1000; ++i) head += "X-Field: some text that nobody needs\r\n";
  plain.answer_with(head, AfterTheAnswer::wait);
  EXPECT_TRUE(says(fetch(plain, {.whole_limit = 60s}), "head of the answer is too large"));
}

TEST_F(HttpsKeySetFetcherTest, WaitsNoLongerThanTheWholeLimit) {
  for (const auto* begun : {"", "HTTP/1.1 200 OK\r\n",
                            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{"}) {
    plain.answer_with(begun, AfterTheAnswer::wait);
    EXPECT_TRUE(says(fetch(plain, {.whole_limit = 100ms}), "timed out")) << begun;
  }
}

TEST_F(HttpsKeySetFetcherTest, RefusesAnAnswerThatBreaksOff) {
  for (const auto* begun :
       {"", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n"
        "{}\r\n",
        "{\"keys\":[]}"}) {
    plain.answer_with(begun);
    EXPECT_FALSE(fetch(plain)) << begun;
  }
}

TEST_F(HttpsKeySetFetcherTest, SaysThatNobodyListens) {
  std::string url;
  {
    const IssuerServer gone;
    url = gone.url();
  }
  EXPECT_TRUE(says(HttpsKeySetFetcher{KeySetUrl::parse(url).value()}.fetch({}), url + ": Failed to connect"));
}

TEST_F(HttpsKeySetFetcherTest, NeverRepeatsTheAnswerInAnError) {
  for (const auto* bytes : {"HTTP/1.1 500 secret\r\nContent-Type: application/json\r\n\r\nsecret",
                            "HTTP/1.1 200 OK\r\nContent-Type: text/secret\r\n\r\nsecret", "secret\r\n\r\nsecret"}) {
    plain.answer_with(bytes);
    EXPECT_EQ(why(fetch(plain)).find("secret"), std::string::npos) << bytes;
  }
}

TEST_F(HttpsKeySetFetcherTest, EndsSoonWhenItIsInterruptedAndBeginsNothingMore) {
  plain.answer_with("HTTP/1.1 200 OK\r\n", AfterTheAnswer::wait);
  auto fetcher = fetcher_of(plain, {.whole_limit = 60s});
  auto fetched = std::async(std::launch::async, [&] { return fetcher.fetch({}); });
  plain.wait_until_asked();
  fetcher.interrupt();
  EXPECT_TRUE(says(fetched.get(), "interrupted"));
  EXPECT_TRUE(says(fetcher.fetch({}), "interrupted"));
  EXPECT_EQ(plain.requests().size(), 1U);
}

// The environment names a proxy that does not exist, for as long as one of these lives.
class ProxiesInTheEnvironment {
 public:
  ProxiesInTheEnvironment() {
    for (const auto* name : kNames) ::setenv(name, "http://127.0.0.1:1", 1);
  }
  ProxiesInTheEnvironment(const ProxiesInTheEnvironment&) = delete;
  ProxiesInTheEnvironment& operator=(const ProxiesInTheEnvironment&) = delete;
  ~ProxiesInTheEnvironment() {
    for (const auto* name : kNames) ::unsetenv(name);
  }

 private:
  static constexpr std::array kNames{"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"};
};

TEST_F(HttpsKeySetFetcherTest, TakesNoProxyFromTheEnvironment) {
  const ProxiesInTheEnvironment proxies;
  plain.answer_with(json_answer());
  EXPECT_TRUE(fetch(plain));
}

class HttpsKeySetFetcherOverTls : public ::testing::Test {
 protected:
  HttpsKeySetFetcherOverTls() { server.answer_with(json_answer()); }

  TestAuthority authority;
  IssuerServer server{authority.issue("DNS:localhost,IP:127.0.0.1")};
};

TEST_F(HttpsKeySetFetcherOverTls, FetchesFromWhomItsAuthorityVouchesFor) {
  EXPECT_EQ(fetch(server, {.ca_file = authority.certificate()}).value().body, kBody);
  HttpsKeySetFetcher by_name{KeySetUrl::parse(server.url("localhost")).value(), {.ca_file = authority.certificate()}};
  EXPECT_EQ(by_name.fetch({}).value().body, kBody);
}

TEST_F(HttpsKeySetFetcherOverTls, TakesNoProxyFromTheEnvironment) {
  const ProxiesInTheEnvironment proxies;
  EXPECT_TRUE(fetch(server, {.ca_file = authority.certificate()}));
}

TEST_F(HttpsKeySetFetcherOverTls, RefusesTheCertificateOfAnotherAuthority) {
  const TestAuthority another;
  EXPECT_TRUE(says(fetch(server, {.ca_file = another.certificate()}), "certificate"));
  EXPECT_TRUE(says(fetch(server), "certificate"));
  EXPECT_TRUE(server.requests().empty());
}

TEST_F(HttpsKeySetFetcherOverTls, RefusesTheCertificateOfAnotherHost) {
  IssuerServer other{authority.issue("DNS:other.example")};
  other.answer_with(json_answer());
  EXPECT_TRUE(says(fetch(other, {.ca_file = authority.certificate()}), "127.0.0.1"));
  EXPECT_TRUE(other.requests().empty());
}

TEST_F(HttpsKeySetFetcherOverTls, SaysThatTheFileOfAuthoritiesIsUnusable) {
  EXPECT_TRUE(says(fetch(server, {.ca_file = "/nowhere/ca.pem"}), "/nowhere/ca.pem"));
  EXPECT_TRUE(server.requests().empty());
}

TEST_F(HttpsKeySetFetcherOverTls, RefusesAnAnswerThatIsNotEncrypted) {
  IssuerServer plain;
  plain.answer_with(json_answer());
  auto url = plain.url();
  url.insert(4, "s");
  HttpsKeySetFetcher fetcher{KeySetUrl::parse(url).value(), {.ca_file = authority.certificate(), .whole_limit = 100ms}};
  EXPECT_FALSE(fetcher.fetch({}));
}

TEST_F(HttpsKeySetFetcherOverTls, CutsABodyWithoutAnEnd) {
  server.answer_with("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n", AfterTheAnswer::send_more);
  EXPECT_TRUE(says(fetch(server, {.ca_file = authority.certificate(), .whole_limit = 60s}), "more than 262144 bytes"));
}

// RFC 8037 appendices A.2 and A.4.
TEST_F(HttpsKeySetFetcherOverTls, GivesARemoteKeySetWhatItVerifiesBy) {
  server.answer_with(
      answer("Content-Type: application/jwk-set+json\r\nETag: \"1\"\r\nCache-Control: max-age=60\r\n",
             R"({"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]})"));
  RemoteKeySet keys{std::make_unique<HttpsKeySetFetcher>(
      KeySetUrl::parse(server.url()).value(), HttpsKeySetFetcherOptions{.ca_file = authority.certificate()})};
  const Instant noon = parse_instant("2026-01-01T12:00:00Z").value();
  ASSERT_TRUE(keys.refresh(noon));
  const auto before = keys.keys_at(noon);
  EXPECT_EQ(before
                ->verify("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
                         ".hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg")
                .value(),
            "Example of Ed25519 signing");
  server.answer_with("HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\n\r\n");
  ASSERT_TRUE(keys.refresh(noon + 60s));
  EXPECT_EQ(keys.keys_at(noon + 60s), before);
  EXPECT_NE(server.requests().at(1).find("If-None-Match: \"1\""), std::string::npos);
}

}  // namespace
}  // namespace cardea::web
