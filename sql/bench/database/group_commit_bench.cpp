// Durable changes a second from many threads: each with a connection and a commit of its own, and through the one
// writer that commits for all who wait.
#include <benchmark/benchmark.h>

#include <cardea/sql/account/sql_user_store.hpp>
#include <cardea/sql/migration/migrator.hpp>
#include <cstdlib>
#include <filesystem>

#include "account/user_statements.hpp"
#include "database/connection_pool.hpp"

namespace cardea::bench {
namespace {

using sql::Connection;
using sql::ConnectionPool;

constexpr int kThreads = 64;

// A file with an account for each thread.
class Accounts {
 public:
  Accounts() {
    for (int i = 0; i < kThreads; ++i) {
      const auto name = Username::parse("user" + std::to_string(i)).value();
      store_.add({name, Role::parse("user").value(), PasswordHash{"hash"}}, Instant{}).value();
    }
  }
  ~Accounts() { std::filesystem::remove_all(folder_); }

  ConnectionPool& pool() { return database_.connections(); }

 private:
  static std::filesystem::path made_folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "cardea-bench-XXXXXX").string();
    return mkdtemp(pattern.data());
  }
  static sql::Database migrated(const std::filesystem::path& file) {
    const auto url = sql::DatabaseUrl::parse("sqlite:" + file.string()).value();
    auto database = sql::Database::open(url, {.connections = kThreads}).value();
    sql::Migrator{database}.migrate(Instant{}).value();
    return database;
  }

  std::filesystem::path folder_ = made_folder();
  sql::Database database_ = migrated(folder_ / "users.db");
  sql::SqlUserStore store_{database_};
};

Accounts& accounts() {
  static Accounts accounts;
  return accounts;
}

// Changes the thread's own account each time, to a time that it has not had.
template <class Commit>
void change_durably(benchmark::State& state, Commit commit) {
  long long now = 0;
  for (auto _ : state) {
    const auto changed = commit(accounts().pool(), [&](Connection& connection) -> Result<bool> {
      auto& users = connection.prepared<sql::UserStatements>();
      users.id = state.thread_index() + 1;
      users.password_hash = "hash";
      users.now = ++now;
      return sql::fetch_one(users.set_password_hash);
    });
    if (!changed.value_or(false)) state.SkipWithError("not changed");
  }
  state.SetItemsProcessed(state.iterations());
}

void change_with_a_commit_each(benchmark::State& state) {
  change_durably(state, [](ConnectionPool& pool, const auto& work) { return pool.with_connection(work); });
}
BENCHMARK(change_with_a_commit_each)->Threads(1)->Threads(4)->Threads(16)->Threads(kThreads)->UseRealTime();

void change_with_a_group_commit(benchmark::State& state) {
  change_durably(state, [](ConnectionPool& pool, const auto& work) { return pool.write(work); });
}
BENCHMARK(change_with_a_group_commit)->Threads(1)->Threads(4)->Threads(16)->Threads(kThreads)->UseRealTime();

}  // namespace
}  // namespace cardea::bench
