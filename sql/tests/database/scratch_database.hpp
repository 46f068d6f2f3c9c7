// A folder of its own for each test, gone with it, and databases in it.
#pragma once

#include <cardea/sql/database/database.hpp>
#include <cardea/sql/migration/migrator.hpp>
#include <cstdlib>
#include <filesystem>
#include <string>

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

inline Database opened(const DatabaseUrl& url, const DatabaseOptions& options = {}) {
  return Database::open(url, options).value();
}

inline Database migrated(const DatabaseUrl& url) {
  auto database = opened(url);
  Migrator{database}.migrate(Instant{}).value();
  return database;
}

}  // namespace cardea::sql
