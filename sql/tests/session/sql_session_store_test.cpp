#include <cardea/sql/account/sql_user_store.hpp>
#include <cardea/sql/session/sql_session_store.hpp>

#include "database/connection_pool.hpp"
#include "database/scratch_database.hpp"
#include "session/session_store_contract.hpp"

namespace cardea::sql {
namespace {

void add_two_users(Database& database) {
  SqlUserStore users{database};
  for (const auto* name : {"alice", "bob"}) {
    users.add({Username::parse(name).value(), Role::parse("user").value(), PasswordHash{"x"}}, Instant{}).value();
  }
}

template <Dialect kDialect>
class SessionsIn {
 public:
  SessionsIn() { add_two_users(database_); }
  SessionStore& store() { return store_; }

 private:
  ScratchDatabase scratch_{kDialect};
  Database database_ = migrated(scratch_.url());
  SqlSessionStore store_{database_};
};

class SessionsInSqliteMemories {
 public:
  SessionsInSqliteMemories() { add_two_users(database_); }
  SessionStore& store() { return store_; }

 private:
  Database database_ = migrated(DatabaseUrl::parse("sqlite::memory:").value());
  SqlSessionStore store_{database_};
};

class SqlSessionStoreTest : public testing::TestWithParam<Dialect> {
 protected:
  void SetUp() override { add_two_users(database); }
  Session added(UserId user = UserId{1}) {
    const Instant noon = parse_instant("2026-01-01T12:00:00Z").value();
    Session session{.id = SessionId::random(),
                    .user = user,
                    .created_at = noon,
                    .last_used_at = noon,
                    .client = {},
                    .access_ends_at = noon + std::chrono::minutes{30},
                    .refresh = RefreshFamily::start().family,
                    .ended_at = std::nullopt,
                    .end = std::nullopt};
    EXPECT_TRUE(store.add(session));
    return session;
  }
  void spoil(const std::string& statement) {
    ASSERT_TRUE(database.connections().write([&](Connection& connection) -> Done {
      connection.session() << statement;
      return {};
    }));
  }

  ScratchDatabase scratch{GetParam()};
  Database database = migrated(scratch.url());
  SqlSessionStore store{database};
};

TEST_P(SqlSessionStoreTest, KeepsSessionsAcrossARestart) {
  const auto session = added();
  auto reopened = opened(scratch.url());
  EXPECT_EQ(SqlSessionStore{reopened}.find(session.id).value(), session);
}

TEST_P(SqlSessionStoreTest, HasNoSessionsOfUsersWhoAreNotThere) {
  const auto family = RefreshFamily::start().family;
  const Session session{.id = SessionId::random(),
                        .user = UserId{77},
                        .client = {},
                        .refresh = family,
                        .ended_at = std::nullopt,
                        .end = std::nullopt};
  EXPECT_FALSE(store.add(session));
}

TEST_P(SqlSessionStoreTest, SaysThatARowIsNotItsOwn) {
  const auto session = added();
  for (const std::string column : {"id = 'x'", "generation = -1", "generation = 4294967296", "successions = 'x'",
                                   "successions = '1 2 ?\n'", "ended_at = 1, end_reason = 'boredom'"}) {
    spoil("UPDATE sessions SET " + column);
    const auto found = store.find_by_handle(session.refresh.handle_digest());
    ASSERT_FALSE(found) << column;
    EXPECT_EQ(found.error().code(), ErrorCode::store_corrupt) << column;
    spoil("DELETE FROM sessions");
    ASSERT_TRUE(store.add(session));
  }
}

TEST_P(SqlSessionStoreTest, ARefreshThatLosesTheRaceOfTwoProcessesChangesNothing) {
  const auto session = added();
  auto other_process = opened(scratch.url());
  SqlSessionStore elsewhere{other_process};
  const auto& old = session.refresh;
  const auto next = [&](std::string digest) {
    return SessionRefresh{.family = {old.handle_digest(), std::move(digest), 1, {}},
                          .at = session.created_at,
                          .client = {},
                          .access_ends_at = session.access_ends_at};
  };
  EXPECT_TRUE(elsewhere.refresh(session.id, next("theirs")).value());
  EXPECT_FALSE(store.refresh(session.id, next("ours")).value());
  EXPECT_EQ(store.find(session.id).value()->refresh.secret_digest(), "theirs");
}

INSTANTIATE_TEST_SUITE_P(Sql, SqlSessionStoreTest, each_dialect(), name_of_dialect);

}  // namespace
}  // namespace cardea::sql

namespace cardea {

INSTANTIATE_TYPED_TEST_SUITE_P(SqliteFile, SessionStoreContract, sql::SessionsIn<sql::Dialect::sqlite>);
INSTANTIATE_TYPED_TEST_SUITE_P(Postgresql, SessionStoreContract, sql::SessionsIn<sql::Dialect::postgresql>);
INSTANTIATE_TYPED_TEST_SUITE_P(SqliteMemory, SessionStoreContract, sql::SessionsInSqliteMemories);

}  // namespace cardea
