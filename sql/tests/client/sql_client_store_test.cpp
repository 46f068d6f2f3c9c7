#include <cardea/core/client/cached_client_store.hpp>
#include <cardea/sql/client/sql_client_store.hpp>

#include "client/client_store_contract.hpp"
#include "database/connection_pool.hpp"
#include "database/scratch_database.hpp"

namespace cardea::sql {
namespace {

template <Dialect kDialect>
class ClientsIn {
 public:
  ClientStore& store() { return store_; }

 private:
  ScratchDatabase scratch_{kDialect};
  Database database_ = migrated(scratch_.url());
  SqlClientStore store_{database_};
};

template <Dialect kDialect>
class ClientsBehindACache {
 public:
  ClientStore& store() { return cached_; }

 private:
  ScratchDatabase scratch_{kDialect};
  Database database_ = migrated(scratch_.url());
  SqlClientStore store_{database_};
  CachedClientStore cached_{store_};
};

}  // namespace
}  // namespace cardea::sql

namespace cardea {

INSTANTIATE_TYPED_TEST_SUITE_P(SqliteFile, ClientStoreContract, sql::ClientsIn<sql::Dialect::sqlite>);
INSTANTIATE_TYPED_TEST_SUITE_P(Postgresql, ClientStoreContract, sql::ClientsIn<sql::Dialect::postgresql>);
INSTANTIATE_TYPED_TEST_SUITE_P(CachedSqliteFile, ClientStoreContract, sql::ClientsBehindACache<sql::Dialect::sqlite>);
INSTANTIATE_TYPED_TEST_SUITE_P(CachedPostgresql, ClientStoreContract,
                               sql::ClientsBehindACache<sql::Dialect::postgresql>);

}  // namespace cardea

namespace cardea::sql {
namespace {

class SqlClientStoreTest : public testing::TestWithParam<Dialect> {
 protected:
  void run(const std::string& statement) {
    database.connections()
        .with_connection([&](Connection& connection) -> Done {
          connection.session() << statement;
          return {};
        })
        .value();
  }

  ScratchDatabase scratch{GetParam()};
  DatabaseUrl url = scratch.url();
  Database database = migrated(url);
  SqlClientStore store{database};
  const ClientCredentials billing = client_named("billing");
};

TEST_P(SqlClientStoreTest, KeepsClientsWhenTheDatabaseIsClosed) {
  store.add(billing).value();
  database = opened(url);
  EXPECT_EQ(SqlClientStore{database}.find(billing.client.id).value(), billing.client);
}

TEST_P(SqlClientStoreTest, ShowsAChangeToAnotherHandleOfTheFile) {
  auto other_database = opened(url);
  SqlClientStore other{other_database};
  store.add(billing).value();
  EXPECT_TRUE(other.find(billing.client.id).value()->is_enabled());
  store.disable(billing.client.id, Instant{}).value();
  EXPECT_FALSE(other.find(billing.client.id).value()->is_enabled());
}

TEST_P(SqlClientStoreTest, CountsItsChangesSoThatOthersForgetWhatTheyRemember) {
  const auto version = [this] { return database.changes().value().at("clients"); };
  const auto at_first = version();
  store.add(billing).value();
  const auto added = version();
  EXPECT_NE(added, at_first);
  store.find(billing.client.id).value();
  EXPECT_EQ(version(), added) << "looking changes nothing";
  store.disable(billing.client.id, Instant{}).value();
  EXPECT_NE(version(), added);
}

TEST_P(SqlClientStoreTest, ReportsARowThatItDidNotWrite) {
  store.add(billing).value();
  for (const auto* change : {"name = ''", "scopes = 'NO SCOPE'"}) {
    run("UPDATE oauth_clients SET " + std::string(change));
    EXPECT_EQ(store.find(billing.client.id).error().code(), ErrorCode::store_corrupt) << change;
    EXPECT_EQ(store.list(std::nullopt, 10).error().code(), ErrorCode::store_corrupt) << change;
    run("UPDATE oauth_clients SET name = 'billing', scopes = 'posts:read'");
  }
  run("UPDATE oauth_clients SET client_id = 'alice'");
  EXPECT_EQ(store.list(std::nullopt, 10).error().code(), ErrorCode::store_corrupt);
  EXPECT_EQ(store.find(billing.client.id).value(), std::nullopt);
}

TEST_P(SqlClientStoreTest, ReportsADatabaseThatFailsAndRecoversWithoutTellingADigest) {
  run("ALTER TABLE oauth_clients RENAME TO elsewhere");
  const auto refusal = store.add(billing);
  EXPECT_EQ(refusal.error().code(), ErrorCode::store_unavailable);
  EXPECT_FALSE(refusal.error().private_text().contains(billing.secret_digest)) << refusal.error().private_text();
  run("ALTER TABLE elsewhere RENAME TO oauth_clients");
  EXPECT_TRUE(store.add(billing));
}

INSTANTIATE_TEST_SUITE_P(Sql, SqlClientStoreTest, each_dialect(), name_of_dialect);

TEST(SqlClientStoreInSqlite, FindsByIdThroughTheIndex) {
  const ScratchFolder folder;
  auto database = migrated(url_of(folder / "clients.db"));
  const auto plan = database.connections().with_connection([](Connection& connection) -> Result<std::string> {
    std::string text, detail;
    int id = 0, parent = 0, unused = 0;
    soci::statement explain =
        (connection.session().prepare << "EXPLAIN QUERY PLAN SELECT name FROM oauth_clients WHERE client_id = 'x'",
         soci::into(id), soci::into(parent), soci::into(unused), soci::into(detail));
    explain.execute();
    while (explain.fetch()) text += detail;
    return text;
  });
  EXPECT_TRUE(plan.value().starts_with("SEARCH oauth_clients USING")) << plan.value();
}

}  // namespace
}  // namespace cardea::sql
