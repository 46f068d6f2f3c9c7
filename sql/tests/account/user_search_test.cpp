#include "account/user_search.hpp"

#include <cardea/sql/account/sql_user_store.hpp>

#include "account/user_search_contract.hpp"
#include "database/connection_pool.hpp"
#include "database/scratch_database.hpp"

namespace cardea::sql {
namespace {

// 20,000 users: u00001 to u20000, with addresses. Every tenth is an admin, every hundredth has more roles, is disabled
// and begins with z; these are few, all else is common.
constexpr std::string_view kFillSqlite =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) ";
constexpr std::string_view kFillPostgresql = "WITH n(i) AS (SELECT generate_series(1, 20000)) ";
constexpr std::string_view kFill =
    "INSERT INTO users (username, role, other_roles, state, password_hash, email, created_at, updated_at) "
    "SELECT prefix || substr((i + 100000) || '', 2), CASE WHEN i % 10 = 0 THEN 'admin' ELSE 'user' "
    "END, CASE WHEN i % 100 = 0 THEN 'auditor editor' ELSE '' END, CASE WHEN i % 100 = 0 THEN 'disabled' ELSE 'active' "
    "END, 'h', prefix || '.mail' || i || '@example.com', i / 3, 0 FROM (SELECT i, CASE WHEN i % 100 = 0 THEN 'z' ELSE "
    "'u' END AS prefix FROM n) AS numbered";

class UserSearchTest : public testing::TestWithParam<Dialect> {
 protected:
  UserSearchTest() {
    run([](Connection& connection) {
      auto& session = connection.session();
      const bool is_sqlite = GetParam() == Dialect::sqlite;
      if (!is_sqlite) session << "ALTER TABLE users DISABLE TRIGGER users_changed";
      session << (is_sqlite ? kFillSqlite : kFillPostgresql) << kFill;
      if (!is_sqlite) session << "ANALYZE users";
    });
  }

  template <class Work>
  void run(Work work) {
    database.connections()
        .with_connection([&](Connection& connection) -> Done {
          work(connection);
          return {};
        })
        .value();
  }

  static std::string plan_of(soci::session& session, const BoundSql& statement) {
    BoundSql explain{GetParam() == Dialect::sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ", {}};
    explain.append(statement);
    std::string text, detail;
    int id = 0, parent = 0, unused = 0;
    auto prepared = explain.prepare(session);
    if (GetParam() == Dialect::sqlite) prepared, soci::into(id), soci::into(parent), soci::into(unused);
    soci::statement plan{(prepared, soci::into(detail))};
    plan.execute();
    while (plan.fetch()) text += detail + '\n';
    return text;
  }

  // What the search would run, a plan for each of its statements.
  std::vector<std::string> plans_of(const UserQuery& query) {
    std::vector<std::string> plans;
    run([&](Connection& connection) {
      for (const auto& branch : branches_of(query, GetParam(), noon)) {
        const auto statement = statement_of(query, branch, driver_of(connection, branch));
        plans.push_back(plan_of(connection.session(), statement));
      }
    });
    return plans;
  }

  static bool sorts(const std::string& plan) { return plan.contains("TEMP B-TREE") || plan.contains("Sort"); }
  // Reads the table from its beginning, and not along an index.
  static bool scans(const std::string& plan) {
    return plan.contains("Seq Scan") || (plan.contains("SCAN users") && !plan.contains("SCAN users USING"));
  }
  static bool uses(const std::string& plan, std::string_view index) { return plan.contains(index); }

  UserPosition middle() { return UserPosition::of(SqlUserStore{database}.find(name("u10001")).value().value()); }

  const Instant noon = at("2026-01-01T12:00:00Z");
  ScratchDatabase scratch{GetParam()};
  Database database = migrated(scratch.url());
};

TEST_P(UserSearchTest, ReadsEachOrderAlongAnIndexFromWhereThePageBegins) {
  for (const bool descending : {false, true}) {
    for (const auto order : {UserOrder::id, UserOrder::username, UserOrder::created_at}) {
      const auto plan = plans_of({.order = order, .descending = descending, .after = middle(), .limit = 50}).front();
      EXPECT_FALSE(sorts(plan)) << plan;
      EXPECT_FALSE(scans(plan)) << plan;
      EXPECT_TRUE(plan.contains("SEARCH") || plan.contains("Index Cond")) << plan;
    }
  }
}

TEST_P(UserSearchTest, FindsBeginningsOfNamesAndAddressesByTheirIndices) {
  const auto plans = plans_of({.text = prefix("z"), .order = UserOrder::created_at});
  ASSERT_EQ(plans.size(), 2U);
  for (const auto& plan : plans) EXPECT_FALSE(scans(plan)) << plan;
  EXPECT_TRUE(uses(plans[0], "username")) << plans[0];
  EXPECT_TRUE(uses(plans[1], "users_by_email")) << plans[1];
}

TEST_P(UserSearchTest, FindsNamesInTheirOrderWithoutSorting) {
  for (const auto* text : {"z", "u"}) {
    const auto plan = plans_of({.text = prefix(text), .order = UserOrder::username, .after = middle()}).front();
    EXPECT_FALSE(sorts(plan)) << plan;
    EXPECT_FALSE(scans(plan)) << plan;
  }
}

TEST_P(UserSearchTest, SortsNothingThatIsCommon) {
  for (const auto order : {UserOrder::id, UserOrder::username, UserOrder::created_at}) {
    for (const auto& query :
         {UserQuery{.text = prefix("u"), .order = order}, UserQuery{.role = role("user"), .order = order},
          UserQuery{.state = AccountState::active, .order = order},
          UserQuery{.state = AccountState::active, .role = role("user"), .order = order}}) {
      const auto plan = plans_of(query).front();
      EXPECT_FALSE(sorts(plan)) << plan;
    }
  }
}

// PostgreSQL may choose another index than SQLite is told to take.
TEST_P(UserSearchTest, FindsWhatIsFewByAnIndex) {
  const auto expect_index = [](const std::string& plan, std::string_view index) {
    EXPECT_FALSE(scans(plan)) << plan;
    EXPECT_TRUE(GetParam() == Dialect::postgresql || uses(plan, index)) << plan;
  };
  for (const auto order : {UserOrder::id, UserOrder::username, UserOrder::created_at}) {
    const auto by_role = plans_of({.role = role("admin"), .order = order});
    expect_index(by_role[0], "users_by_role");
    expect_index(by_role[1], "users_with_other_roles");
    expect_index(plans_of({.state = AccountState::disabled, .order = order}).front(), "users_by_state");
    expect_index(plans_of({.state = AccountState::disabled, .role = role("user"), .order = order}).front(),
                 "users_by_state");
  }
}

TEST_P(UserSearchTest, FindsTheSameWhetherItIsCommonOrFew) {
  SqlUserStore store{database};
  const auto first_of = [&](const UserQuery& query) {
    return std::string(store.search(query, noon).value().users.front().user.username.text());
  };
  EXPECT_EQ(first_of({.text = prefix("u")}), "u00001");
  EXPECT_EQ(first_of({.text = prefix("u"), .order = UserOrder::created_at, .descending = true}), "u19999");
  EXPECT_EQ(first_of({.text = prefix("u.mail7@")}), "u00007");
  EXPECT_EQ(first_of({.text = prefix("z")}), "z00100");
  EXPECT_EQ(first_of({.role = role("admin"), .order = UserOrder::username}), "u00010");
  EXPECT_EQ(first_of({.role = role("editor"), .order = UserOrder::username, .descending = true}), "z20000");
  EXPECT_EQ(first_of({.state = AccountState::disabled, .role = role("auditor")}), "z00100");
  EXPECT_EQ(store.search({.state = AccountState::active, .role = role("editor")}, noon).value().users.size(), 0U);
}

INSTANTIATE_TEST_SUITE_P(Sql, UserSearchTest, each_dialect(), name_of_dialect);

}  // namespace
}  // namespace cardea::sql
