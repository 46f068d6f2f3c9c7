#include <gmock/gmock.h>

#include <boost/asio/use_awaitable.hpp>
#include <cardea/web/tls/tls_certificate.hpp>
#include <fstream>
#include <iterator>

#include "run/running_server.hpp"
#include "run/stand_in_service.hpp"
#include "tls/tls_client.hpp"

namespace cardea::web {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using testing::RawClient;
using testing::RunningServer;
using testing::StandInService;
using testing::TestAuthority;
using testing::TlsClient;
using testing::TlsClientOptions;

constexpr std::string_view kGet = "GET /x HTTP/1.1\r\nHost: a\r\n\r\n";
const std::string kHttp11 = "\x08http/1.1", kHttp2 = "\x02h2";

std::string content_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

class TlsServer : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { authority = std::make_unique<TestAuthority>(); }
  static void TearDownTestSuite() { authority.reset(); }

  static std::shared_ptr<const TlsCertificate> make_certificate() {
    const auto [certificate, key] = authority->issue("DNS:localhost,IP:127.0.0.1");
    return TlsCertificate::from_pem(content_of(certificate), Secret::copy_of(content_of(key))).value();
  }

  TlsClient client(const TlsClientOptions& options = {}) { return {server_.port(), *authority, options}; }

  static inline std::unique_ptr<TestAuthority> authority;
  StandInService service_;
  RunningServer server_{service_, {.certificate = make_certificate()}};
};

TEST_F(TlsServer, AnswersByTls13AndByTls12) {
  for (const auto& [version, name] : {std::pair{TLS1_3_VERSION, "TLSv1.3"}, {TLS1_2_VERSION, "TLSv1.2"}}) {
    auto one = client({.version = version});
    ASSERT_TRUE(one.is_open());
    EXPECT_EQ(one.version(), name);
    for (int i = 0; i < 3; ++i) EXPECT_THAT(one.exchange(kGet), EndsWith("GET /x\n"));
  }
}

TEST_F(TlsServer, SpeaksNothingOlderAndNoWeakCipher) {
  EXPECT_FALSE(client({.version = TLS1_1_VERSION}).is_open());
  EXPECT_FALSE(client({.version = TLS1_VERSION}).is_open());
  EXPECT_TRUE(client({.version = TLS1_2_VERSION, .ciphers = "ECDHE+AESGCM"}).is_open());
  EXPECT_FALSE(client({.version = TLS1_2_VERSION, .ciphers = "ECDHE+AES+SHA"}).is_open()) << "CBC";
}

TEST_F(TlsServer, AnswersNothingInTheClear) {
  RawClient clear(server_.port());
  clear.send(kGet);
  EXPECT_THAT(clear.receive_to_end(), ::testing::Not(HasSubstr("HTTP")));
  EXPECT_TRUE(service_.requests().empty());
}

TEST_F(TlsServer, AgreesOnHttp11) {
  EXPECT_EQ(client({.alpn = kHttp2 + kHttp11}).protocol(), "http/1.1");
  EXPECT_TRUE(client().is_open()) << "a client that offers no protocols";
  EXPECT_FALSE(client({.alpn = kHttp2}).is_open());
}

TEST_F(TlsServer, ResumesASession) {
  for (const int version : {TLS1_3_VERSION, TLS1_2_VERSION}) {
    auto first = client({.version = version});
    first.exchange(kGet);
    EXPECT_FALSE(first.was_resumed());
    const auto session = first.session();
    auto second = client({.version = version, .session = session.get()});
    EXPECT_THAT(second.exchange(kGet), EndsWith("GET /x\n"));
    EXPECT_TRUE(second.was_resumed());
  }
}

TEST_F(TlsServer, ReadsABodyOfManyRecords) {
  auto one = client();
  std::string request = "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n";
  ASSERT_TRUE(one.send(request.append(60000, 'b')));
  EXPECT_THAT(one.receive(60000), EndsWith(std::string(60000, 'b')));
}

TEST_F(TlsServer, LetsAClientReadTheRefusalOfABodyThatItIsStillSending) {
  auto one = client();
  ASSERT_TRUE(one.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000\r\n\r\n"));
  ASSERT_TRUE(one.send(std::string(2'000'000, 'b')));
  EXPECT_THAT(one.receive(20), HasSubstr(" 413 "));
}

TEST_F(TlsServer, WaitsForAClientThatReadsSlowly) {
  constexpr std::size_t kSize = 20'000'000;  // more than the socket takes at once
  service_.answer_with(
      [](Request) -> Task<Response> { co_return Response{.headers = {}, .body = std::string(kSize, 'x')}; });
  auto one = client();
  one.send(kGet);
  EXPECT_GE(one.receive(kSize + 50).size(), kSize);
}

TEST_F(TlsServer, AnswersPipelinedRequests) {
  auto one = client();
  ASSERT_TRUE(one.send(std::string(kGet).append(kGet).append(kGet)));
  std::string received;
  while (service_.requests().size() < 3) received += one.receive(1);
  EXPECT_EQ(service_.requests().size(), 3U);
}

TEST_F(TlsServer, SaysThatItsStreamIsOver) {
  auto one = client();
  EXPECT_THAT(one.exchange("GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"), HasSubstr("Connection: close"));
  EXPECT_TRUE(one.was_told_goodbye());
}

TEST_F(TlsServer, LetsNobodyRenegotiate) {
  auto one = client({.version = TLS1_2_VERSION});
  ASSERT_TRUE(one.is_open());
  one.renegotiate();
  EXPECT_EQ(service_.requests().size(), 0U);
  auto other = client();
  EXPECT_THAT(other.exchange(kGet), EndsWith("GET /x\n"));
}

TEST_F(TlsServer, ChangesKeysWhenItIsAsked) {
  auto one = client({.version = TLS1_3_VERSION});
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(one.change_keys());
    EXPECT_THAT(one.exchange(kGet), EndsWith("GET /x\n"));
  }
}

TEST_F(TlsServer, TakesAnotherCertificateForNewConnections) {
  auto before = client();
  const auto serial = before.serial();
  server_.use(make_certificate());
  // The thread takes it over in its turn: what is asked after this answer comes after that.
  ASSERT_THAT(before.exchange(kGet), EndsWith("GET /x\n"));
  EXPECT_NE(client().serial(), serial);
  EXPECT_THAT(before.exchange(kGet), EndsWith("GET /x\n")) << "a connection that is open goes on";
}

TEST(TlsServerDeadline, EndsAHandshakeThatTakesTooLong) {
  const TestAuthority authority;
  const auto [certificate, key] = authority.issue("DNS:localhost");
  StandInService service;
  ServerOptions options{
      .certificate = TlsCertificate::from_pem(content_of(certificate), Secret::copy_of(content_of(key))).value()};
  options.deadlines.handshake = std::chrono::milliseconds{20};
  const RunningServer server(service, options);
  RawClient slow(server.port());
  slow.send("\x16\x03\x01");
  EXPECT_TRUE(slow.is_closed());
}

TEST(TlsServerBehindAProxy, ReadsThePlainHeaderOfTheProxyFirst) {
  const TestAuthority authority;
  const auto [certificate, key] = authority.issue("DNS:localhost");
  StandInService service;
  const RunningServer server(
      service,
      {.trusted_proxies = TrustedProxies::parse("127.0.0.1").value(),
       .client_address = ClientAddressSource::proxy_protocol,
       .certificate = TlsCertificate::from_pem(content_of(certificate), Secret::copy_of(content_of(key))).value()});
  TlsClient client(server.port(), authority, {.before = "PROXY TCP4 203.0.113.9 10.0.0.1 4711 443\r\n"});
  EXPECT_THAT(client.exchange(kGet), EndsWith("GET /x\n"));
  EXPECT_EQ(service.requests().front().peer_address, "203.0.113.9");
}

}  // namespace
}  // namespace cardea::web
