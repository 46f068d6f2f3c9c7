// A database of each earlier version, with rows as that version wrote them, read by today's stores.
#include <gtest/gtest.h>

#include <cardea/sql/account/sql_user_store.hpp>
#include <cardea/sql/api_key/sql_api_key_store.hpp>
#include <cardea/sql/audit/sql_audit_store.hpp>
#include <cardea/sql/client/sql_client_store.hpp>
#include <cardea/sql/key/sql_key_store.hpp>
#include <cardea/sql/migration/migrator.hpp>
#include <cardea/sql/role/sql_role_store.hpp>
#include <cardea/sql/session/sql_session_store.hpp>

#include "database/connection_pool.hpp"
#include "database/scratch_database.hpp"

namespace cardea::sql {
namespace {

// What a version could write that the one before could not.
struct Row {
  std::size_t since;
  const char* statement;
};

// 1767268800000000 is noon of 2026-01-01.
constexpr Row kRows[] = {
    {1,
     "INSERT INTO users (username, role, state, password_hash, created_at, updated_at) "
     "VALUES ('alice', 'admin', 'active', 'hash of alice', 1767268800000000, 1767268800000000)"},
    {1,
     "INSERT INTO users (username, role, state, password_hash, created_at, updated_at) "
     "VALUES ('bob', 'user', 'disabled', 'hash of bob', 1767268800000000, 1767268800000000)"},
    {2,
     "INSERT INTO signing_keys (kid, algorithm, sealed, created_at, signs_from, longest_token, succeeds, retired_at) "
     "VALUES ('k1', 'HS256', 'sealed', 1767268800000000, 1767268800000000, 1800, '', NULL)"},
    {4,
     "INSERT INTO sessions (id, user_id, created_at, last_used_at, address, user_agent, access_ends_at, handle_digest, "
     "secret_digest, generation, successions, ended_at, end_reason, end_number) VALUES "
     "('AAAAAAAAAAAAAAAAAAAAAA', "
     "1, 1767268800000000, 1767268800000000, '192.0.2.1', 'browser', 1767270600000000, 'handle', 'secret', 0, '', "
     "NULL, "
     "'', 0)"},
    {5,
     "INSERT INTO oauth_clients (client_id, name, kind, secret_digest, scopes, created_at, disabled_at) "
     "VALUES ('Client_AAAAAAAAAAAAAAAAAAAAAA', 'billing', 'confidential', 'digest', 'orders:read', 1767268800000000, "
     "NULL)"},
    {6,
     "INSERT INTO api_keys (id, user_id, digest, name, scopes, created_at, expires_at, last_used_at, revoked_at) "
     "VALUES ('AAAAAAAAAAAAAAAAAAAAAA', 1, 'digest', 'script', 'orders:read', 1767268800000000, 1767355200000000, "
     "NULL, "
     "NULL)"},
    {8,
     "UPDATE users SET email = 'bob@example.org', disabled_until = 1767355200000000, version = 7 WHERE username = "
     "'bob'"},
    {9,
     "INSERT INTO roles (name, permissions, includes, version, changed_at) "
     "VALUES ('editor', 'posts:*', 'author', 3, 1767268800000000)"},
    {9, "UPDATE users SET other_roles = 'editor auditor' WHERE username = 'alice'"},
};

class EarlierVersionTest : public testing::TestWithParam<std::tuple<Dialect, std::size_t>> {
 protected:
  std::size_t version() const { return std::get<1>(GetParam()); }
  void run(const std::string& statement) {
    const auto done = database.connections().write([&](Connection& connection) -> Done {
      connection.session() << statement;
      return {};
    });
    ASSERT_TRUE(done.has_value()) << statement << done.error().private_text();
  }

  const Instant noon = parse_instant("2026-01-01T12:00:00Z").value();
  const std::span<const Migration> all = embedded_migrations(std::get<0>(GetParam()));
  ScratchDatabase scratch{std::get<0>(GetParam())};
  Database database = opened(scratch.url());
};

TEST_P(EarlierVersionTest, LosesNothingThatItHasWritten) {
  ASSERT_TRUE((Migrator{database, all.first(version())}.migrate(noon)));
  for (const auto& [since, statement] : kRows) {
    if (since <= version()) run(statement);
  }
  database = opened(scratch.url());
  ASSERT_EQ((Migrator{database, all}.migrate(noon).value()), all.size() - version());

  SqlUserStore users{database};
  const auto alice = users.find_credentials(Username::parse("alice").value()).value().value();
  EXPECT_EQ(alice.password_hash, PasswordHash{"hash of alice"});
  EXPECT_EQ(alice.user.role.name(), "admin");
  EXPECT_EQ(alice.user.created_at, noon);
  EXPECT_EQ(alice.user.other_roles.to_text(), version() >= 9 ? "editor auditor" : "");
  const auto bob = users.find_record(UserId{2}).value().value();
  EXPECT_EQ(bob.user.state, AccountState::disabled);
  EXPECT_EQ(bob.email.has_value(), version() >= 8);
  EXPECT_EQ(bob.user.disabled_until.has_value(), version() >= 8);
  EXPECT_EQ(bob.version, version() >= 8 ? 7 : 1);

  EXPECT_EQ(SqlKeyStore{database}.list().value().size(), version() >= 2 ? 1U : 0U);
  EXPECT_EQ(SqlSessionStore{database}.list(UserId{1}).value().size(), version() >= 4 ? 1U : 0U);
  EXPECT_EQ(SqlClientStore{database}.list({}, 10).value().clients.size(), version() >= 5 ? 1U : 0U);
  EXPECT_EQ(SqlApiKeyStore{database}.list(UserId{1}).value().size(), version() >= 6 ? 1U : 0U);
  EXPECT_EQ(SqlRoleStore{database}.list().value().size(), version() >= 9 ? 1U : 0U);
  EXPECT_TRUE(SqlAuditStore{database}.state().has_value());
}

TEST_P(EarlierVersionTest, CountsChangesFromThenOn) {
  ASSERT_TRUE((Migrator{database, all.first(version())}.migrate(noon)));
  for (const auto& [since, statement] : kRows) {
    if (since <= version()) run(statement);
  }
  database = opened(scratch.url());
  ASSERT_TRUE((Migrator{database, all}.migrate(noon)));
  const auto before = database.changes().value();
  for (const auto* topic : {"users", "keys", "sessions", "clients", "api_keys", "roles"}) {
    EXPECT_TRUE(before.contains(topic)) << topic;
  }
  SqlUserStore{database}.set_state(UserId{1}, AccountState::disabled, noon).value();
  EXPECT_GT(database.changes().value().at("users"), before.at("users"));
}

constexpr std::size_t kFirst = 1, kBehindTheLast = 12;  // of those before the newest; a new migration adds one
INSTANTIATE_TEST_SUITE_P(Sql, EarlierVersionTest,
                         testing::Combine(each_dialect(), testing::Range(kFirst, kBehindTheLast)),
                         [](const auto& tested) {
                           return std::string(std::get<0>(tested.param) == Dialect::sqlite ? "Sqlite" : "Postgresql") +
                                  std::to_string(std::get<1>(tested.param));
                         });

}  // namespace
}  // namespace cardea::sql
