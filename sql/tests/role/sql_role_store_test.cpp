#include <cardea/sql/account/sql_user_store.hpp>
#include <cardea/sql/role/sql_role_store.hpp>

#include "access/role_guard_contract.hpp"
#include "access/role_store_contract.hpp"
#include "database/connection_pool.hpp"
#include "database/scratch_database.hpp"

namespace cardea::sql {
namespace {

template <Dialect kDialect>
class RolesIn {
 public:
  UserStore& users() { return users_; }
  RoleStore& store() { return store_; }

 private:
  ScratchDatabase scratch_{kDialect};
  Database database_ = migrated(scratch_.url());
  SqlUserStore users_{database_};
  SqlRoleStore store_{database_};
};

}  // namespace
}  // namespace cardea::sql

namespace cardea {

INSTANTIATE_TYPED_TEST_SUITE_P(SqliteFile, RoleStoreContract, sql::RolesIn<sql::Dialect::sqlite>);
INSTANTIATE_TYPED_TEST_SUITE_P(Postgresql, RoleStoreContract, sql::RolesIn<sql::Dialect::postgresql>);

INSTANTIATE_TYPED_TEST_SUITE_P(SqliteFile, RoleGuardContract, sql::RolesIn<sql::Dialect::sqlite>);
INSTANTIATE_TYPED_TEST_SUITE_P(Postgresql, RoleGuardContract, sql::RolesIn<sql::Dialect::postgresql>);

}  // namespace cardea

namespace cardea::sql {
namespace {

class SqlRoleStoreTest : public testing::TestWithParam<Dialect> {
 protected:
  const Instant noon = parse_instant("2026-01-01T12:00:00Z").value();
  ScratchDatabase scratch{GetParam()};
  Database database = migrated(scratch.url());
  SqlRoleStore store{database};
};

TEST_P(SqlRoleStoreTest, CountsEachChangeForOtherProcesses) {
  const auto version = [this] { return database.changes().value().at("roles"); };
  const auto before = version();
  store.add(role_of("editor"), noon).value();
  store.change(role_of("editor", "posts:*"), {.version = 1}, noon).value();
  ASSERT_TRUE(store.remove(role_of("editor").role, {.version = 2}, noon));
  EXPECT_EQ(version(), before + 3);
}

TEST_P(SqlRoleStoreTest, ReportsARowThatItDidNotWrite) {
  store.add(role_of("editor"), noon).value();
  database.connections()
      .with_connection([](Connection& connection) -> Done {
        connection.session() << "UPDATE roles SET permissions = 'NOT ONE'";
        return {};
      })
      .value();
  EXPECT_EQ(store.list().error().code(), ErrorCode::store_corrupt);
}

INSTANTIATE_TEST_SUITE_P(Sql, SqlRoleStoreTest, each_dialect(), name_of_dialect);

}  // namespace
}  // namespace cardea::sql
