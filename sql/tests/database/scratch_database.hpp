// An empty database for each test, gone with it: a SQLite file in a folder of its own, or a database of a PostgreSQL
// server that the tests share.
#pragma once

#include <gtest/gtest.h>

#include <cardea/sql/database/database.hpp>
#include <cardea/sql/migration/migrator.hpp>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

#include "database/postgresql_server.hpp"

namespace cardea::sql {

class ScratchFolder {
 public:
  ScratchFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "cardea-sql-XXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  ~ScratchFolder() { std::filesystem::remove_all(path_); }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  std::filesystem::path operator/(std::string_view name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

inline DatabaseUrl url_of(const std::filesystem::path& file) {
  return DatabaseUrl::parse("sqlite:" + file.string()).value();
}

class ScratchDatabase {
 public:
  explicit ScratchDatabase(Dialect dialect) {
    if (dialect == Dialect::postgresql) postgresql_.emplace();
  }

  DatabaseUrl url() const { return postgresql_ ? postgresql_->url() : url_of(folder_ / "scratch.db"); }

 private:
  ScratchFolder folder_;
  std::optional<PostgresqlScratch> postgresql_;
};

inline Database opened(const DatabaseUrl& url, const DatabaseOptions& options = {}) {
  auto database = Database::open(url, options);
  EXPECT_TRUE(database.has_value()) << database.error().private_text() << database.error().public_text();
  return *std::move(database);
}

inline Database migrated(const DatabaseUrl& url) {
  auto database = opened(url);
  const auto done = Migrator{database}.migrate(Instant{});
  EXPECT_TRUE(done.has_value()) << done.error().private_text() << done.error().public_text();
  return database;
}

// INSTANTIATE_TEST_SUITE_P(Sql, SomeTest, each_dialect(), name_of_dialect) for `SomeTest :
// testing::TestWithParam<Dialect>`
inline auto each_dialect() { return testing::Values(Dialect::sqlite, Dialect::postgresql); }
inline std::string name_of_dialect(const testing::TestParamInfo<Dialect>& tested) {
  return tested.param == Dialect::sqlite ? "Sqlite" : "Postgresql";
}

}  // namespace cardea::sql
