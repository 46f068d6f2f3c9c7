#include <algorithm>
#include <cardea/sql/database/database_url.hpp>

#include "database/postgresql_address.hpp"

namespace cardea::sql {
namespace {

constexpr std::string_view kSqlite = "sqlite:";
constexpr std::string_view kMask = "********";

std::unexpected<Error> unusable(std::string_view problem_and_fix) {
  return failure(ErrorCode::configuration_invalid, PublicText{"database: " + std::string(problem_and_fix)});
}

bool is_postgresql(std::string_view text) { return text.starts_with("postgresql:") || text.starts_with("postgres:"); }

// Overwrites from `begin` up to `end`.
void mask(std::string& text, std::size_t begin, std::size_t end) { text.replace(begin, end - begin, kMask); }

}  // namespace

Result<DatabaseUrl> DatabaseUrl::parse(std::string_view text) {
  if (is_postgresql(text)) return parse_postgresql(text);
  if (text.starts_with(kSqlite)) return parse_sqlite(text);
  return unusable(
      "is no database's name; write sqlite:cardea.db, sqlite:/var/lib/cardea/cardea.db or "
      "postgresql://USER:PASSWORD@HOST/DATABASE");
}

std::string DatabaseUrl::masked(std::string_view text) {
  std::string shown(text);
  if (!text.starts_with("postgres")) return shown;
  constexpr std::string_view kPassword = "password=";
  for (auto found = shown.find(kPassword); found != shown.npos; found = shown.find(kPassword, found)) {
    found += kPassword.size();
    mask(shown, found, std::min(shown.find('&', found), shown.size()));
  }
  const auto authority = shown.find("://");
  const auto at = shown.rfind('@');
  if (authority == shown.npos || at == shown.npos || at < authority) return shown;
  const auto colon = shown.find(':', authority + 3);
  if (colon < at) mask(shown, colon + 1, at);
  return shown;
}

Result<DatabaseUrl> DatabaseUrl::parse_sqlite(std::string_view text) {
  const auto path = text.substr(kSqlite.size());
  if (path.empty()) return unusable("the file is missing; write sqlite:cardea.db");
  if (path.starts_with("//")) {
    return unusable("sqlite: takes a path, not a host; write sqlite:/absolute/path or sqlite:name");
  }
  if (path.find_first_of(std::string_view{"\"\0\n\r", 4}) != path.npos) {
    return unusable("the file's name has a quote or a control character; write another name");
  }
  DatabaseUrl url;
  url.path_ = path;
  url.text_ = text;
  return url;
}

Result<DatabaseUrl> DatabaseUrl::parse_postgresql(std::string_view text) {
  auto address = postgresql_address(std::string(text));
  if (!address) return unusable(address.error());
  DatabaseUrl url;
  url.text_ = masked(text);
  url.connection_ = std::make_shared<const Secret>(*std::move(address));
  return url;
}

}  // namespace cardea::sql
