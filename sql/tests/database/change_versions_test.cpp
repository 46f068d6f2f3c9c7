#include <cardea/sql/database/change_versions.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cardea/sql/account/sql_user_store.hpp>
#include <cardea/sql/key/sql_key_store.hpp>

#include "account/new_user.hpp"
#include "database/connection_pool.hpp"
#include "database/scratch_database.hpp"

namespace cardea::sql {
namespace {

StoredKey new_key(std::string_view id) {
  return {.id = KeyId::parse(id).value(),
          .algorithm = Algorithm::hs256,
          .sealed = "the-sealed-text",
          .created_at = Instant{},
          .signs_from = Instant{},
          .longest_token = std::chrono::minutes{30},
          .succeeds = std::nullopt,
          .retired_at = std::nullopt};
}

Done run(Database& database, const std::string& statement) {
  return database.connections().write([&](Connection& connection) -> Done {
    connection.session() << statement;
    return {};
  });
}

class ChangeVersionsTest : public testing::TestWithParam<Dialect> {
 protected:
  // Whether the last step changed the users, and the keys, as each handle sees it.
  std::array<bool, 2> changed() {
    const auto now = database.changes().value();
    EXPECT_EQ(now, other_database.changes().value());
    const auto before = std::exchange(last, now);
    return {now.at("users") != before.at("users"), now.at("keys") != before.at("keys")};
  }
  static constexpr std::array kNothing{false, false}, kUsers{true, false}, kKeys{false, true};

  ScratchDatabase scratch{GetParam()};
  DatabaseUrl url = scratch.url();
  Database database = migrated(url);
  Database other_database = opened(url);
  SqlUserStore users{database}, other_users{other_database};
  SqlKeyStore keys{database}, other_keys{other_database};
  ChangeVersions last = database.changes().value();
};

TEST_P(ChangeVersionsTest, ChangeForTheTopicThatChangedInThisHandleOrAnother) {
  const auto id = users.add(new_user("alice"), Instant{}).value().id;
  changed();
  EXPECT_EQ(changed(), kNothing);
  other_users.set_state(id, AccountState::disabled, Instant{}).value();
  EXPECT_EQ(changed(), kUsers);
  ASSERT_TRUE(keys.add(new_key("a")).value());
  EXPECT_EQ(changed(), kKeys);
  ASSERT_TRUE(other_keys.retire(new_key("a").id, Instant{}));
  EXPECT_EQ(changed(), kKeys);
  EXPECT_EQ(changed(), kNothing);
}

TEST_P(ChangeVersionsTest, ChangeForEveryKindOfStatement) {
  ASSERT_TRUE(users.add(new_user("alice"), Instant{}));
  ASSERT_TRUE(keys.add(new_key("a")).value());
  changed();
  ASSERT_TRUE(run(database, "UPDATE users SET role = 'admin'"));
  EXPECT_EQ(changed(), kUsers);
  ASSERT_TRUE(run(database, "DELETE FROM users"));
  EXPECT_EQ(changed(), kUsers);
  ASSERT_TRUE(run(database, "UPDATE signing_keys SET sealed = 'x'"));
  EXPECT_EQ(changed(), kKeys);
  ASSERT_TRUE(run(database, "DELETE FROM signing_keys"));
  EXPECT_EQ(changed(), kKeys);
}

TEST_P(ChangeVersionsTest, StandStillWhereNoRowChanged) {
  const auto alice = users.add(new_user("alice"), Instant{}).value();
  changed();
  users.find(alice.id).value();
  other_users.find(alice.username).value();
  EXPECT_FALSE(users.add(new_user("alice"), Instant{}));
  EXPECT_FALSE(users.set_state(UserId{77}, AccountState::disabled, Instant{}));
  ASSERT_TRUE(run(database, "CREATE TABLE elsewhere (id BIGINT)"));
  ASSERT_TRUE(run(database, "INSERT INTO elsewhere VALUES (1)"));
  EXPECT_EQ(changed(), kNothing);
}

TEST_P(ChangeVersionsTest, StandStillForAChangeThatWasUndone) {
  ASSERT_TRUE(users.add(new_user("alice"), Instant{}));
  changed();
  const auto refusal = database.connections().write([](Connection& connection) -> Done {
    connection.session() << "UPDATE users SET role = 'admin'";
    return failure(ErrorCode::conflict);
  });
  EXPECT_EQ(refusal.error().code(), ErrorCode::conflict);
  EXPECT_EQ(changed(), kNothing);
}

TEST_P(ChangeVersionsTest, AreReadAgainAfterAFailure) {
  ASSERT_TRUE(run(database, "ALTER TABLE changes RENAME TO elsewhere"));
  EXPECT_EQ(database.changes().error().code(), ErrorCode::store_unavailable);
  EXPECT_EQ(database.changes().error().code(), ErrorCode::store_unavailable) << "and not what it was before";
  ASSERT_TRUE(run(database, "ALTER TABLE elsewhere RENAME TO changes"));
  EXPECT_EQ(changed(), kNothing);
}

INSTANTIATE_TEST_SUITE_P(Sql, ChangeVersionsTest, each_dialect(), name_of_dialect);

class ChangeVersionsOnPostgresql : public ChangeVersionsTest {};

// Nobody remembers that a user is not there.
TEST_P(ChangeVersionsOnPostgresql, StandStillForAUserMore) {
  ASSERT_TRUE(users.add(new_user("alice"), Instant{}));
  EXPECT_EQ(changed(), kNothing);
}

INSTANTIATE_TEST_SUITE_P(Sql, ChangeVersionsOnPostgresql, testing::Values(Dialect::postgresql), name_of_dialect);

class ChangeVersionsOnSqlite : public ChangeVersionsTest {};

TEST_P(ChangeVersionsOnSqlite, ChangeForARowThatTakesThePlaceOfAnother) {
  ASSERT_TRUE(users.add(new_user("alice"), Instant{}));
  changed();
  ASSERT_TRUE(run(database,
                  "REPLACE INTO users (username, role, state, password_hash, created_at, updated_at) "
                  "VALUES ('alice', 'user', 'disabled', 'h', 0, 0)"));
  EXPECT_EQ(changed(), kUsers);
}

INSTANTIATE_TEST_SUITE_P(Sql, ChangeVersionsOnSqlite, testing::Values(Dialect::sqlite), name_of_dialect);

TEST(ChangeVersionsInMemory, ChangeToo) {
  auto database = migrated(DatabaseUrl::parse("sqlite::memory:").value());
  SqlUserStore users{database};
  const auto alice = users.add(new_user("alice"), Instant{}).value();
  const auto before = database.changes().value();
  ASSERT_TRUE(users.set_state(alice.id, AccountState::disabled, Instant{}));
  const auto after = database.changes().value();
  EXPECT_NE(after.at("users"), before.at("users"));
  EXPECT_EQ(after.at("keys"), before.at("keys"));
}

}  // namespace
}  // namespace cardea::sql
