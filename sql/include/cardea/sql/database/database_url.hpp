// Where the database is: `sqlite:cardea.db` (relative), `sqlite:/var/lib/cardea/cardea.db`, `sqlite::memory:`.
#pragma once

#include <cardea/core/base/result.hpp>
#include <string>
#include <string_view>

namespace cardea::sql {

class DatabaseUrl {
 public:
  // Error: configuration_invalid, which says what to write instead. postgresql:// is known and not served by this
  // version.
  static Result<DatabaseUrl> parse(std::string_view text);

  // A file's path, or ":memory:". Never empty.
  const std::string& path() const noexcept { return path_; }
  // Gone when the Database is closed; seen by that Database alone.
  bool in_memory() const noexcept { return path_ == ":memory:"; }
  std::string text() const { return "sqlite:" + path_; }

 private:
  explicit DatabaseUrl(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

}  // namespace cardea::sql
