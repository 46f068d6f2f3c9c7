// Looking a user up in 100,000: prepared on the connection, prepared each time, and remembered. And one durable change.
#include <benchmark/benchmark.h>
#include <soci/soci.h>

#include <cardea/core/account/cached_user_store.hpp>
#include <cardea/sql/account/sql_user_store.hpp>
#include <cardea/sql/migration/migrator.hpp>
#include <cstdlib>
#include <filesystem>

#include "database/connection_pool.hpp"

namespace cardea::bench {
namespace {

constexpr int kUsers = 100'000;

// A file of that many users, made once.
class Users {
 public:
  Users() {
    database_.connections()
        .with_connection([](sql::Connection& connection) -> Done {
          connection.session() << "INSERT INTO users (username, role, state, password_hash, created_at, updated_at) "
                                  "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < "
                               << kUsers << ") SELECT 'user' || i, 'user', 'active', 'hash', 0, 0 FROM n";
          return {};
        })
        .value();
  }
  ~Users() { std::filesystem::remove_all(folder_); }

  sql::Database& database() { return database_; }
  UserStore& store() { return store_; }

 private:
  static std::filesystem::path made_folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "cardea-bench-XXXXXX").string();
    return mkdtemp(pattern.data());
  }
  static sql::Database migrated(const std::filesystem::path& file) {
    auto database = sql::Database::open(sql::DatabaseUrl::parse("sqlite:" + file.string()).value()).value();
    sql::Migrator{database}.migrate(Instant{}).value();
    return database;
  }

  std::filesystem::path folder_ = made_folder();
  sql::Database database_ = migrated(folder_ / "users.db");
  sql::SqlUserStore store_{database_};
};

Users& users() {
  static Users users;
  return users;
}

// A different one each time, so that no page is always the last one read.
Username next_name(int& i) {
  i = (i + 7919) % kUsers;
  return Username::parse("user" + std::to_string(i)).value();
}

void find_user_prepared(benchmark::State& state) {
  int i = state.thread_index();
  for (auto _ : state) benchmark::DoNotOptimize(users().store().find(next_name(i)));
}
BENCHMARK(find_user_prepared)->ThreadRange(1, 2);

void find_user_prepared_each_time(benchmark::State& state) {
  int i = 0;
  for (auto _ : state) {
    const std::string username{next_name(i).text()};
    const auto id = users().database().connections().with_connection([&](sql::Connection& connection) -> Result<int> {
      int found = 0;
      std::string role, account_state;
      connection.session() << "SELECT id, role, state FROM users WHERE username = :username", soci::use(username),
          soci::into(found), soci::into(role), soci::into(account_state);
      return found;
    });
    benchmark::DoNotOptimize(id);
  }
}
BENCHMARK(find_user_prepared_each_time);

void find_user_remembered(benchmark::State& state) {
  static CachedUserStore cached{users().store()};
  const auto username = Username::parse("user7").value();
  benchmark::DoNotOptimize(cached.find(username));
  for (auto _ : state) benchmark::DoNotOptimize(cached.find_without_waiting(username));
}
BENCHMARK(find_user_remembered)->ThreadRange(1, 2);

void change_a_role_durably(benchmark::State& state) {
  const auto role = Role::parse("admin").value();
  Instant now{};
  for (auto _ : state) {
    now += std::chrono::seconds{1};  // SQLite does not write what is there already
    benchmark::DoNotOptimize(users().store().set_role(UserId{7}, role, now));
  }
}
BENCHMARK(change_a_role_durably)->UseRealTime();

void ask_whether_anything_changed(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(users().database().changes());
}
BENCHMARK(ask_whether_anything_changed);

}  // namespace
}  // namespace cardea::bench
