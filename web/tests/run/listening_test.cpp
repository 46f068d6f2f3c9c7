#include <gmock/gmock.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <filesystem>
#include <fstream>

#include "run/raw_client.hpp"
#include "run/running_server.hpp"
#include "run/stand_in_service.hpp"

namespace cardea::web {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using testing::RawClient;
using testing::RunningServer;
using testing::StandInService;

constexpr std::string_view kGet = "GET /x HTTP/1.1\r\nHost: a\r\n\r\n";

class Listening : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "cardea-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path socket_path() const { return folder_ / "server.sock"; }
  ServerOptions at_the_unix_socket(unsigned threads = 1) const {
    return {.unix_socket = socket_path().string(), .io_threads = threads};
  }

  std::string reason_of(const ServerOptions& options) {
    const auto listening = Server(options, service_).listen();
    return listening ? "listens" : std::string(listening.error().public_text());
  }

  StandInService service_;
  fs::path folder_;
};

// What systemd hands over: a socket that is bound, and listens or not.
class HandedOver {
 public:
  explicit HandedOver(int type, bool listens = true) : descriptor_(::socket(AF_INET, type, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const bool is_bound =
        descriptor_ >= 0 && ::bind(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    if (!is_bound || (listens && ::listen(descriptor_, 16) != 0)) throw std::runtime_error("no socket");
  }
  HandedOver(const HandedOver&) = delete;
  HandedOver& operator=(const HandedOver&) = delete;
  ~HandedOver() { ::close(descriptor_); }

  int descriptor() const { return descriptor_; }
  std::uint16_t port() const {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    ::getsockname(descriptor_, reinterpret_cast<sockaddr*>(&address), &size);
    return ntohs(address.sin_port);
  }

 private:
  int descriptor_;
};

TEST_F(Listening, AtAUnixSocketServesItsClients) {
  const RunningServer server(service_, at_the_unix_socket());
  EXPECT_EQ(server.port(), 0);
  EXPECT_EQ(RawClient(socket_path()).exchange(kGet)->body, "GET /x\n");
  EXPECT_EQ(service_.requests().front().peer_address, "unix");
}

TEST_F(Listening, AtAUnixSocketLetsAClientReadTheRefusalOfABodyThatItIsStillSending) {
  const RunningServer server(service_, at_the_unix_socket());
  RawClient client(socket_path());
  client.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000\r\n\r\n");
  EXPECT_TRUE(client.send(std::string(2'000'000, 'b')));
  EXPECT_EQ(client.receive()->status, 413U);
}

TEST_F(Listening, AtAUnixSocketServesByAllThreads) {
  const RunningServer server(service_, at_the_unix_socket(3));
  std::vector<RawClient> clients;
  for (int i = 0; i < 50; ++i) clients.emplace_back(socket_path());
  for (auto& client : clients) EXPECT_EQ(client.exchange(kGet)->status, 200);
}

TEST_F(Listening, AtAUnixSocketIsForItsOwnerAndGroupAndEndsWithTheServer) {
  {
    const RunningServer server(service_, at_the_unix_socket());
    struct stat there{};
    ASSERT_EQ(::stat(socket_path().c_str(), &there), 0);
    EXPECT_EQ(there.st_mode & 0777, 0660U);
  }
  EXPECT_FALSE(fs::exists(socket_path()));
}

TEST_F(Listening, AtAUnixSocketTakesTheNameOfOneThatIsLeftOver) {
  const int left_over = ::socket(AF_UNIX, SOCK_STREAM, 0);
  ASSERT_GE(left_over, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  socket_path().string().copy(address.sun_path, sizeof address.sun_path - 1);
  const int bound = ::bind(left_over, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  ::close(left_over);
  ASSERT_EQ(bound, 0);
  const RunningServer server(service_, at_the_unix_socket());
  EXPECT_EQ(RawClient(socket_path()).exchange(kGet)->status, 200);
}

TEST_F(Listening, AtAUnixSocketTakesNothingFromOthers) {
  const RunningServer server(service_, at_the_unix_socket());
  EXPECT_THAT(reason_of(at_the_unix_socket()), HasSubstr("somebody else listens there"));
  EXPECT_EQ(RawClient(socket_path()).exchange(kGet)->status, 200);

  std::ofstream(folder_ / "file") << "of somebody";
  EXPECT_THAT(reason_of({.unix_socket = (folder_ / "file").string()}), HasSubstr("no socket"));
  EXPECT_TRUE(fs::exists(folder_ / "file"));
}

TEST_F(Listening, AtAUnixSocketLeavesANameThatIsAnothersByNow) {
  RunningServer first(service_, at_the_unix_socket());
  fs::remove(socket_path());
  const RunningServer second(service_, at_the_unix_socket());
  first.stop();
  EXPECT_EQ(RawClient(socket_path()).exchange(kGet)->status, 200);
}

TEST_F(Listening, AtAUnixSocketLetsNobodyInAnyMoreOnceItStops) {
  RunningServer server(service_, at_the_unix_socket());
  RawClient client(socket_path());
  ASSERT_TRUE(client.exchange(kGet).has_value());
  server.begin_to_stop();
  EXPECT_TRUE(client.is_closed());
  server.wait_for_end();
  EXPECT_FALSE(RawClient(socket_path()).exchange(kGet).has_value());
}

TEST_F(Listening, AtAUnixSocketSaysWhyItCannot) {
  EXPECT_THAT(reason_of({.unix_socket = (folder_ / "no" / "folder").string()}), HasSubstr("No such file or directory"));
  EXPECT_THAT(reason_of({.unix_socket = (folder_ / std::string(108, 'x')).string()}),
              HasSubstr("longer than 107 bytes"));
}

TEST_F(Listening, AtSocketsThatAreHandedOverServesThemAll) {
  const HandedOver one(SOCK_STREAM), another(SOCK_STREAM);
  const RunningServer server(service_, {.sockets = {one.descriptor(), another.descriptor()}, .io_threads = 2});
  EXPECT_EQ(server.port(), one.port());
  for (const auto port : {one.port(), another.port()}) EXPECT_EQ(RawClient(port).exchange(kGet)->status, 200);
}

TEST_F(Listening, AtSocketsThatAreHandedOverLeavesThemToTheNextOne) {
  const HandedOver socket(SOCK_STREAM);
  {
    const RunningServer before(service_, {.sockets = {socket.descriptor()}});
  }
  RawClient client;
  ASSERT_TRUE(client.connect(socket.port())) << "it waits in the backlog";
  const RunningServer after(service_, {.sockets = {socket.descriptor()}});
  EXPECT_EQ(client.exchange(kGet)->status, 200);
}

TEST_F(Listening, AtSocketsThatAreHandedOverWantsThemToListen) {
  const HandedOver datagram(SOCK_DGRAM, false), mute(SOCK_STREAM, false);
  EXPECT_THAT(reason_of({.sockets = {datagram.descriptor()}}), HasSubstr("no stream socket"));
  EXPECT_THAT(reason_of({.sockets = {mute.descriptor()}}), HasSubstr("does not listen"));
  EXPECT_THAT(reason_of({.sockets = {9999}}), HasSubstr("the socket 9999: it is no open socket"));
}

}  // namespace
}  // namespace cardea::web
