#include <cardea/sql/database/change_listener.hpp>

#include <gtest/gtest.h>

#include <cardea/sql/account/sql_user_store.hpp>

#include "database/connection_pool.hpp"
#include "database/scratch_database.hpp"

namespace cardea::sql {
namespace {

using namespace std::chrono_literals;

class ChangeListenerTest : public testing::Test {
 protected:
  static constexpr auto kLong = 20s;

  void add(std::string_view name) {
    const NewUser user{Username::parse(name).value(), Role::parse("user").value(), PasswordHash{"h"}};
    ASSERT_TRUE(users.add(user, Instant{}));
  }
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
  add("alice");
  EXPECT_TRUE(listener->wait(never.get_token(), kLong));
  users.set_state(UserId{1}, AccountState::disabled, Instant{}).value();
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
  // A notice comes behind all that were sent before it, so that one that was not due would be seen first.
  add("alice");
  ASSERT_TRUE(listener->wait(never.get_token(), kLong));
  EXPECT_FALSE(listener->wait(never.get_token(), 1ms));
}

TEST_F(ChangeListenerTest, ConnectsAgainAndCountsThatAsANotice) {
  const auto listener = database.listener();
  ASSERT_TRUE(listener->wait(never.get_token(), kLong));
  run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'");
  EXPECT_TRUE(listener->wait(never.get_token(), kLong));
  add("alice");
  EXPECT_TRUE(listener->wait(never.get_token(), kLong));
}

TEST_F(ChangeListenerTest, EndsItsWaitWhenItIsToStop) {
  const auto listener = database.listener();
  ASSERT_TRUE(listener->wait(never.get_token(), kLong));
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(listener->wait(stop.get_token(), kLong));
}

TEST(ChangeListenerOnSqlite, HearsNothing) {
  auto database = migrated(DatabaseUrl::parse("sqlite::memory:").value());
  const auto listener = database.listener();
  EXPECT_FALSE(listener->hears());
  EXPECT_FALSE(listener->wait(std::stop_token{}, 1ms));
}

}  // namespace
}  // namespace cardea::sql
