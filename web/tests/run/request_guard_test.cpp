// What no proxy and no handler may ever read differently (RFC 9112, OWASP request smuggling): each is answered with its
// documented status, the connection ends, what stands behind it is never read, and the server goes on.
#include <gmock/gmock.h>

#include <ostream>
#include <string>
#include <vector>

#include "run/raw_client.hpp"
#include "run/running_server.hpp"
#include "run/stand_in_service.hpp"

namespace cardea::web {
namespace {

using testing::RawClient;
using testing::RunningServer;
using testing::StandInService;
using namespace std::string_literals;

struct Attack {
  std::string name;
  std::string bytes;
  unsigned status;
  std::string code;

  friend void PrintTo(const Attack& attack, std::ostream* out) { *out << attack.name; }
};

std::string with_fields(std::string_view fields, std::string_view body = {}) {
  return std::string("POST /x HTTP/1.1\r\nHost: a\r\n").append(fields).append("\r\n").append(body);
}

std::string with_line(std::string_view line) { return std::string(line).append("\r\nHost: a\r\n\r\n"); }

std::string chunked(std::string_view body) { return with_fields("Transfer-Encoding: chunked\r\n", body); }

Attack malformed(std::string name, std::string bytes) {
  return {std::move(name), std::move(bytes), 400, "invalid_request"};
}

std::string many_fields(int count) {
  std::string fields;
  for (int i = 0; i < count; ++i) fields += "X-" + std::to_string(i) + ": 1\r\n";
  return fields;
}

const std::vector<Attack> kAttacks{
    // Transfer-Encoding
    {"GzipThenChunked", with_fields("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), 501, "not_implemented"},
    {"Gzip", with_fields("Transfer-Encoding: gzip\r\n"), 501, "not_implemented"},
    {"Identity", with_fields("Transfer-Encoding: identity\r\n"), 501, "not_implemented"},
    {"XChunked", with_fields("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"), 501, "not_implemented"},
    malformed("ChunkedTwiceInOneField", with_fields("Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n")),
    malformed("ChunkedInTwoFields",
              with_fields("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")),
    malformed("ChunkedThenIdentity",
              with_fields("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "0\r\n\r\n")),
    malformed("ChunkedNotLast", with_fields("Transfer-Encoding: chunked, gzip\r\n", "0\r\n\r\n")),
    malformed("ChunkedWithParameter", with_fields("Transfer-Encoding: chunked;q=1\r\n", "0\r\n\r\n")),
    malformed("ChunkedWithVerticalTab", with_fields("Transfer-Encoding: \vchunked\r\n", "0\r\n\r\n")),
    malformed("ChunkedQuoted", with_fields("Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n")),
    malformed("ChunkedThenComma", with_fields("Transfer-Encoding: chunked,\r\n", "0\r\n\r\n")),
    malformed("EmptyTransferEncoding", with_fields("Transfer-Encoding:\r\n")),
    malformed("ChunkedOnHttp10", "POST /x HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    malformed("ChunkedAndLength", with_fields("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n")),
    malformed("LengthAndChunked", with_fields("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")),
    // Content-Length
    malformed("TwoLengths", with_fields("Content-Length: 5\r\nContent-Length: 6\r\n", "hello!")),
    malformed("TwoEqualLengths", with_fields("Content-Length: 5\r\nContent-Length: 5\r\n", "hello")),
    malformed("ListOfLengths", with_fields("Content-Length: 5, 5\r\n", "hello")),
    malformed("SignedLength", with_fields("Content-Length: +5\r\n", "hello")),
    malformed("NegativeLength", with_fields("Content-Length: -5\r\n", "hello")),
    malformed("HexadecimalLength", with_fields("Content-Length: 0x5\r\n", "hello")),
    malformed("EmptyLength", with_fields("Content-Length:\r\n")),
    malformed("LengthWithSpaceInside", with_fields("Content-Length: 5 5\r\n", "hello")),
    {"LengthBeyondEveryInteger", with_fields("Content-Length: 18446744073709551621\r\n", "hello"), 413,
     "content_too_large"},
    {"LengthBeyondTheLimit", with_fields("Content-Length: 65537\r\n"), 413, "content_too_large"},
    // Host
    malformed("NoHost", "GET /x HTTP/1.1\r\n\r\n"),
    malformed("TwoHosts", with_fields("Host: b\r\n")),
    malformed("TwoEqualHosts", with_fields("Host: a\r\n")),
    malformed("TwoHostsOnHttp10", "GET /x HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n"),
    malformed("ListOfHosts", "GET /x HTTP/1.1\r\nHost: a, b\r\n\r\n"),
    malformed("HostWithPath", "GET /x HTTP/1.1\r\nHost: a/b\r\n\r\n"),
    malformed("HostWithUser", "GET /x HTTP/1.1\r\nHost: u@a\r\n\r\n"),
    malformed("HostWithPortOfLetters", "GET /x HTTP/1.1\r\nHost: a:x\r\n\r\n"),
    malformed("HostWithPortBeyondAll", "GET /x HTTP/1.1\r\nHost: a:65536\r\n\r\n"),
    malformed("HostWithTwoPorts", "GET /x HTTP/1.1\r\nHost: a:1:2\r\n\r\n"),
    malformed("HostOfAPortAlone", "GET /x HTTP/1.1\r\nHost: :80\r\n\r\n"),
    malformed("Ipv6HostWithoutBrackets", "GET /x HTTP/1.1\r\nHost: ::1\r\n\r\n"),
    malformed("Ipv6HostCutShort", "GET /x HTTP/1.1\r\nHost: [::1\r\n\r\n"),
    malformed("Ipv6HostWithMoreBehind", "GET /x HTTP/1.1\r\nHost: [::1]a\r\n\r\n"),
    malformed("BracketsWithoutAddress", "GET /x HTTP/1.1\r\nHost: [a]\r\n\r\n"),
    malformed("BracketsAroundIpv4", "GET /x HTTP/1.1\r\nHost: [127.0.0.1]\r\n\r\n"),
    malformed("AbsoluteTargetWithPortOfLetters", "GET http://a:x/y HTTP/1.1\r\nHost: a\r\n\r\n"),
    // Lines
    malformed("ConnectionWithWhatIsNoOption", with_fields("Connection: keep-alive, \x8c\r\n")),
    malformed("ConnectionWithTwoOptionsInOne", with_fields("Connection: close upgrade\r\n")),
    malformed("FoldedLine", with_fields("X-Long: one\r\n two\r\n")),
    malformed("FoldedLineWithTab", with_fields("X-Long: one\r\n\ttwo\r\n")),
    malformed("FoldedFirstField", "GET /x HTTP/1.1\r\n Host: a\r\n\r\n"),
    malformed("FoldedTransferEncoding", with_fields("Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n")),
    malformed("LineFeedAlone", "GET /x HTTP/1.1\nHost: a\n\n"),
    malformed("LineFeedAloneInsideField", with_fields("X-A: b\nX-B: c\r\n")),
    malformed("CarriageReturnInsideField", with_fields("X-A: b\rX-B: c\r\n")),
    malformed("CarriageReturnBeforeLineEnd", with_fields("X-A: b\r\r\n")),
    malformed("NulInValue", with_fields("X-A: b\0c\r\n"s)),
    malformed("NulInName", with_fields("X\0A: b\r\n"s)),
    malformed("ControlInValue", with_fields("X-A: \x01\r\n")),
    malformed("DeleteInValue", with_fields("X-A: \x7f\r\n")),
    malformed("SpaceBeforeColon", with_fields("Content-Length : 5\r\n", "hello")),
    malformed("TabBeforeColon", with_fields("Content-Length\t: 5\r\n", "hello")),
    malformed("EmptyName", with_fields(": value\r\n")),
    malformed("NoColon", with_fields("JustAWord\r\n")),
    malformed("SpaceInName", with_fields("X A: b\r\n")),
    malformed("ParenthesisInName", with_fields("X(A): b\r\n")),
    malformed("ByteBeyondAsciiInName", with_fields("X-\xc3\xa4: b\r\n")),
    // Request line
    malformed("NoVersion", with_line("GET /x")),
    malformed("VersionInLowerCase", with_line("GET /x http/1.1")),
    malformed("TwoSpacesBeforeTarget", with_line("GET  /x HTTP/1.1")),
    malformed("TwoSpacesBeforeVersion", with_line("GET /x  HTTP/1.1")),
    malformed("SpaceInTarget", with_line("GET /a b HTTP/1.1")),
    malformed("SpaceAfterVersion", with_line("GET /x HTTP/1.1 ")),
    malformed("SpaceBeforeMethod", with_line(" GET /x HTTP/1.1")),
    malformed("TabInsteadOfSpace", with_line("GET\t/x\tHTTP/1.1")),
    malformed("NulInTarget", with_line("GET /a\0b HTTP/1.1"s)),
    malformed("ByteBeyondAsciiInTarget", with_line("GET /\xc3\xa4 HTTP/1.1")),
    malformed("FragmentInTarget", with_line("GET /x#y HTTP/1.1")),
    malformed("RelativeTarget", with_line("GET x HTTP/1.1")),
    malformed("EmptyTarget", with_line("GET  HTTP/1.1")),
    malformed("AsteriskForGet", with_line("GET * HTTP/1.1")),
    malformed("Connect", with_line("CONNECT a:443 HTTP/1.1")),
    malformed("ConnectToPath", with_line("CONNECT /x HTTP/1.1")),
    malformed("UserInAbsoluteTarget", with_line("GET http://u@a/x HTTP/1.1")),
    malformed("OtherSchemeInAbsoluteTarget", with_line("GET ftp://a/x HTTP/1.1")),
    malformed("NoAuthorityInAbsoluteTarget", with_line("GET http:///x HTTP/1.1")),
    malformed("BracketInMethod", with_line("GE(T /x HTTP/1.1")),
    malformed("EndlessMethod", with_line(std::string(40, 'A') + " /x HTTP/1.1")),
    malformed("TwoEmptyLinesFirst", "\r\n\r\nGET /x HTTP/1.1\r\nHost: a\r\n\r\n"),
    malformed("TlsClientHello", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"s),
    {"Http20", with_line("GET /x HTTP/2.0"), 505, "http_version_not_supported"},
    {"Http20Preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "http_version_not_supported"},
    {"Http12", with_line("GET /x HTTP/1.2"), 505, "http_version_not_supported"},
    {"Http09", with_line("GET /x HTTP/0.9"), 505, "http_version_not_supported"},
    malformed("VersionOfTwoDigits", with_line("GET /x HTTP/1.10")),
    // Sizes
    {"FieldsBeyond100", "GET /x HTTP/1.1\r\nHost: a\r\n" + many_fields(100) + "\r\n", 431, "header_too_large"},
    {"HeadBeyond16KiB", with_fields("X-A: " + std::string(17000, 'a') + "\r\n"), 431, "header_too_large"},
    {"HeadBeyond16KiBWithoutEnd", "GET /x HTTP/1.1\r\nX-A: " + std::string(17000, 'a'), 431, "header_too_large"},
    {"TargetBeyond8KiB", with_line("GET /" + std::string(8192, 'a') + " HTTP/1.1"), 414, "uri_too_long"},
    {"TargetBeyond8KiBWithoutEnd", "GET /" + std::string(8300, 'a'), 414, "uri_too_long"},
    {"TargetBeyond16KiB", with_line("GET /" + std::string(20000, 'a') + " HTTP/1.1"), 414, "uri_too_long"},
    malformed("EndlessMethodWithoutEnd", std::string(9000, 'A')),
    // Chunks
    malformed("ChunkSizeMissing", chunked("\r\nhello\r\n0\r\n\r\n")),
    malformed("ChunkSizeNotHexadecimal", chunked("5g\r\nhello\r\n0\r\n\r\n")),
    malformed("ChunkSizeWithPrefix", chunked("0x5\r\nhello\r\n0\r\n\r\n")),
    malformed("ChunkSizeNegative", chunked("-5\r\nhello\r\n0\r\n\r\n")),
    malformed("ChunkSizeSigned", chunked("+5\r\nhello\r\n0\r\n\r\n")),
    malformed("ChunkSizeBehindSpace", chunked(" 5\r\nhello\r\n0\r\n\r\n")),
    malformed("ChunkLineEndsWithLineFeed", chunked("5\nhello\r\n0\r\n\r\n")),
    malformed("ChunkExtensionWithLineFeed", chunked("5;a\nb\r\nhello\r\n0\r\n\r\n")),
    malformed("ChunkLongerThanItsSize", chunked("5\r\nhello!\r\n0\r\n\r\n")),
    malformed("ChunkWithoutLineEnd", chunked("5\r\nhello0\r\n\r\n")),
    malformed("ChunkSizeBeyondEveryInteger", chunked("ffffffffffffffff1\r\nhello\r\n0\r\n\r\n")),
    malformed("TrailerWithoutColon", chunked("0\r\nJustAWord\r\n\r\n")),
    {"ChunkBeyondTheLimit", chunked("10001\r\n"), 413, "content_too_large"},
    {"ChunksBeyondTheLimit", chunked("8000\r\n" + std::string(0x8000, 'a') + "\r\n8001\r\n"), 413, "content_too_large"},
    {"EndlessChunkExtension", chunked("5;a=" + std::string(40000, 'a')), 431, "header_too_large"},
    {"EndlessTrailer", chunked("0\r\nX-A: " + std::string(40000, 'a')), 431, "header_too_large"},
};

class RequestGuard : public ::testing::TestWithParam<Attack> {};

TEST_P(RequestGuard, AnswersEndsTheConnectionAndReadsNothingBehind) {
  const Attack& attack = GetParam();
  StandInService service;
  RunningServer const server(service);
  RawClient attacker(server.port());
  attacker.send(attack.bytes);
  attacker.send("GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n");
  const auto answer = attacker.receive();
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->status, attack.status);
  EXPECT_EQ(answer->body, attack.code);
  EXPECT_EQ(answer->header("Connection"), "close");
  EXPECT_EQ(answer->header("X-Request-Id").size(), 32U);
  EXPECT_TRUE(attacker.is_closed());
  EXPECT_THAT(service.requests(), ::testing::IsEmpty());

  const auto next = RawClient(server.port()).exchange("GET /next HTTP/1.1\r\nHost: a\r\n\r\n");
  ASSERT_TRUE(next.has_value());
  EXPECT_EQ(next->body, "GET /next\n");
}

INSTANTIATE_TEST_SUITE_P(Refuses, RequestGuard, ::testing::ValuesIn(kAttacks),
                         [](const auto& instance) { return instance.param.name; });

struct Oddity {
  std::string name;
  std::string bytes;
  std::string body;

  friend void PrintTo(const Oddity& oddity, std::ostream* out) { *out << oddity.name; }
};

class RequestGuardTolerance : public ::testing::TestWithParam<Oddity> {};

TEST_P(RequestGuardTolerance, ServesWhatIsUnusualButClear) {
  StandInService service;
  RunningServer const server(service);
  RawClient client(server.port());
  const auto answer = client.exchange(GetParam().bytes);
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->status, 200U);
  EXPECT_EQ(answer->body, GetParam().body);
}

const std::vector<Oddity>& oddities() {
  static const std::vector<Oddity> all{
      {"OneEmptyLineFirst", "\r\n" + with_line("GET /x HTTP/1.1"), "GET /x\n"},
      {"EmptyHost", "GET /x HTTP/1.1\r\nHost:\r\n\r\n", "GET /x\n"},
      {"Ipv6Host", "GET /x HTTP/1.1\r\nHost: [::1]\r\n\r\n", "GET /x\n"},
      {"Ipv6HostWithPort", "GET /x HTTP/1.1\r\nHost: [::1]:8000\r\n\r\n", "GET /x\n"},
      {"Ipv4HostWithPort", "GET /x HTTP/1.1\r\nHost: 127.0.0.1:65535\r\n\r\n", "GET /x\n"},
      {"HostWithEmptyPort", "GET /x HTTP/1.1\r\nHost: a:\r\n\r\n", "GET /x\n"},
      {"NoHostOnHttp10", "GET /x HTTP/1.0\r\n\r\n", "GET /x\n"},
      {"NoSpaceAfterColon", "GET /x HTTP/1.1\r\nHost:a\r\n\r\n", "GET /x\n"},
      {"EmptyValue", with_fields("X-A:\r\n"), "POST /x\n"},
      {"TextBeyondAsciiInValue", with_fields("X-A: \xc3\xa4\r\n"), "POST /x\n"},
      {"UnknownMethod", with_line("BREW /x HTTP/1.1"), " /x\n"},
      {"AbsoluteTarget", with_line("GET http://b:80/x?y=1 HTTP/1.1"), "GET /x?y=1\n"},
      {"AbsoluteTargetWithoutPath", with_line("GET HTTP://b HTTP/1.1"), "GET /\n"},
      {"AbsoluteTargetWithQueryAlone", with_line("GET http://b?y=1 HTTP/1.1"), "GET /?y=1\n"},
      {"AsteriskForOptions", with_line("OPTIONS * HTTP/1.1"), "OPTIONS *\n"},
      {"AbsoluteAsterisk", with_line("OPTIONS http://b HTTP/1.1"), "OPTIONS *\n"},
      {"LeadingZerosInLength", with_fields("Content-Length: 00000000000000000000005\r\n", "hello"), "POST /x\nhello"},
      {"ChunkedInUpperCase", with_fields("Transfer-Encoding: CHUNKED\r\n", "5\r\nhello\r\n0\r\n\r\n"),
       "POST /x\nhello"},
      {"ChunkExtension", chunked("5;name=value\r\nhello\r\n0\r\n\r\n"), "POST /x\nhello"},
      {"Fields100", "GET /x HTTP/1.1\r\nHost: a\r\n" + many_fields(99) + "\r\n", "GET /x\n"},
      {"Target8KiB", with_line("GET /" + std::string(8191, 'a') + " HTTP/1.1"),
       "GET /" + std::string(8191, 'a') + "\n"},
      {"BodyAtTheLimit", with_fields("Content-Length: 65536\r\n", std::string(65536, 'b')),
       "POST /x\n" + std::string(65536, 'b')},
  };
  return all;
}

INSTANTIATE_TEST_SUITE_P(Accepts, RequestGuardTolerance, ::testing::ValuesIn(oddities()),
                         [](const auto& instance) { return instance.param.name; });

TEST(RequestGuardHeaders, PutsTheAuthorityOfAnAbsoluteTargetInThePlaceOfHost) {
  StandInService service;
  RunningServer const server(service);
  ASSERT_TRUE(RawClient(server.port()).exchange(with_line("GET http://real:81/x HTTP/1.1")).has_value());
  EXPECT_EQ(*service.requests().front().headers.find("Host"), "real:81");
  EXPECT_EQ(service.requests().front().headers.count("Host"), 1U);
}

TEST(RequestGuardHeaders, NeverMakesATrailerAHeader) {
  StandInService service;
  RunningServer const server(service);
  const auto trailer = "5\r\nhello\r\n0\r\nAuthorization: Bearer x\r\nX-Role: admin\r\n\r\n";
  ASSERT_TRUE(RawClient(server.port()).exchange(chunked(trailer)).has_value());
  const Request request = service.requests().front();
  EXPECT_EQ(request.body, "hello");
  EXPECT_FALSE(request.headers.find("Authorization"));
  EXPECT_FALSE(request.headers.find("X-Role"));
}

TEST(RequestGuardHeaders, PassesTwoAuthorizationsOnForTheApplicationToRefuse) {
  StandInService service;
  RunningServer const server(service);
  const auto request = with_fields("Authorization: Bearer a\r\nauthorization: Bearer b\r\n");
  ASSERT_TRUE(RawClient(server.port()).exchange(request).has_value());
  EXPECT_EQ(service.requests().front().headers.count("Authorization"), 2U);
}

TEST(RequestGuardHeaders, TellsTheApplicationWhatIsKnownOfARefusedRequest) {
  StandInService service;
  RunningServer const server(service);
  const auto answer = RawClient(server.port()).exchange("GET /known HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->header("X-Refused-Path"), "/known");
}

}  // namespace
}  // namespace cardea::web
