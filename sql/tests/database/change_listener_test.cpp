#include <cardea/sql/database/change_listener.hpp>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cardea/sql/account/sql_user_store.hpp>
#include <stdexcept>

#include "account/new_user.hpp"
#include "database/connection_pool.hpp"
#include "database/scratch_database.hpp"

namespace cardea::sql {
namespace {

using namespace std::chrono_literals;

class ChangeListenerTest : public testing::Test {
 protected:
  static constexpr std::chrono::milliseconds kLong = 20s, kShort = 200ms;  // a notice takes a millisecond

  void change_roles() { run("UPDATE changes SET version = version + 1 WHERE topic = 'roles' AND part = 0"); }
  void run(const std::string& statement) {
    const auto done = database.connections().write([&](Connection& connection) -> Done {
      connection.session() << statement;
      return {};
    });
    ASSERT_TRUE(done);
  }

  const std::stop_source never;
  PostgresqlScratch scratch;
  Database database = migrated(scratch.url());
  SqlUserStore users{database};
};

TEST_F(ChangeListenerTest, HearsOfEachCommitThatChangesSomethingOthersRemember) {
  const auto listener = opened(scratch.url()).listener();
  ASSERT_TRUE(listener->wait(never.get_token(), kLong)) << "the connection counts as a notice";
  EXPECT_TRUE(listener->hears());
  const auto alice = users.add(new_user("alice"), Instant{}).value();
  users.set_state(alice.id, AccountState::disabled, Instant{}).value();
  EXPECT_TRUE(listener->wait(never.get_token(), kLong));
  run("UPDATE changes SET version = version + 1 WHERE topic = 'sessions'");
  EXPECT_TRUE(listener->wait(never.get_token(), kLong));
}

TEST_F(ChangeListenerTest, HearsNothingOfWhatIsUndoneOrNoChange) {
  const auto listener = database.listener();
  ASSERT_TRUE(listener->wait(never.get_token(), kLong));
  const auto refused = database.connections().write([](Connection& connection) -> Done {
    connection.session() << "UPDATE changes SET version = version + 1";
    return failure(ErrorCode::conflict);
  });
  EXPECT_FALSE(refused);
  users.find(UserId{1}).value();
  ASSERT_TRUE(users.add(new_user("alice"), Instant{}));
  EXPECT_FALSE(listener->wait(never.get_token(), kShort));
  change_roles();
  EXPECT_TRUE(listener->wait(never.get_token(), kLong)) << "it was there to hear";
}

TEST_F(ChangeListenerTest, ConnectsAgainAndCountsThatAsANotice) {
  const auto listener = database.listener();
  ASSERT_TRUE(listener->wait(never.get_token(), kLong));
  run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'");
  EXPECT_TRUE(listener->wait(never.get_token(), kLong));
  change_roles();
  EXPECT_TRUE(listener->wait(never.get_token(), kLong));
}

TEST_F(ChangeListenerTest, EndsItsWaitWhenItIsToStop) {
  const auto listener = database.listener();
  ASSERT_TRUE(listener->wait(never.get_token(), kLong));
  const std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(listener->wait(stop.get_token(), kLong));
}

// A PostgreSQL server that lets one client in and answers no more.
class SilentServer {
 public:
  SilentServer() {
    sockaddr_in address{.sin_family = AF_INET, .sin_port = 0, .sin_addr = {htonl(INADDR_LOOPBACK)}, .sin_zero = {}};
    const bool listens =
        bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 && listen(listener_, 1) == 0;
    if (!listens) throw std::runtime_error("no socket");
  }
  ~SilentServer() {
    close(client_);
    close(listener_);
  }
  SilentServer(const SilentServer&) = delete;
  SilentServer& operator=(const SilentServer&) = delete;

  DatabaseUrl url() const {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    return DatabaseUrl::parse("postgresql://someone:secret@127.0.0.1:" + std::to_string(ntohs(address.sin_port)) +
                              "/accounts?sslmode=disable")
        .value();
  }
  // Until the client's first statement is there.
  void let_in() {
    client_ = accept(listener_, nullptr, nullptr);
    read_something();
    // https://www.postgresql.org/docs/current/protocol-message-formats.html: AuthenticationOk, ReadyForQuery
    constexpr std::string_view kWelcome{"R\0\0\0\x08\0\0\0\0Z\0\0\0\x05I", 15};
    ASSERT_EQ(send(client_, kWelcome.data(), kWelcome.size(), 0), 15);
    read_something();
  }

 private:
  void read_something() {
    std::array<char, 1024> bytes;
    ASSERT_GT(recv(client_, bytes.data(), bytes.size(), 0), 0);
  }

  int listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  int client_ = -1;
};

TEST(ChangeListenerOfASilentServer, Ends) {
  SilentServer server;
  const ChangeListener listener{server.url()};
  server.let_in();
  EXPECT_FALSE(listener.hears());
}

TEST(ChangeListenerOnSqlite, HearsNothing) {
  auto database = migrated(DatabaseUrl::parse("sqlite::memory:").value());
  const auto listener = database.listener();
  EXPECT_FALSE(listener->hears());
  EXPECT_FALSE(listener->wait(std::stop_token{}, 1ms));
}

}  // namespace
}  // namespace cardea::sql
