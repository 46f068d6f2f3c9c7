#include <cardea/sql/database/database_url.hpp>

namespace cardea::sql {

Result<DatabaseUrl> DatabaseUrl::parse(std::string_view text) {
  constexpr std::string_view kSqlite = "sqlite:";
  if (text.starts_with("postgresql:") || text.starts_with("postgres:")) {
    return failure(ErrorCode::configuration_invalid,
                   PublicText{"database: PostgreSQL is not served by this version; use sqlite:FILE"});
  }
  if (!text.starts_with(kSqlite)) {
    return failure(ErrorCode::configuration_invalid,
                   PublicText{"database: unknown kind; write sqlite:cardea.db or sqlite:/var/lib/cardea/cardea.db"});
  }
  const auto path = text.substr(kSqlite.size());
  if (path.empty()) {
    return failure(ErrorCode::configuration_invalid,
                   PublicText{"database: the file is missing; write sqlite:cardea.db"});
  }
  if (path.starts_with("//")) {
    return failure(
        ErrorCode::configuration_invalid,
        PublicText{"database: sqlite: takes a path, not a host; write sqlite:/absolute/path or sqlite:name"});
  }
  if (path.find_first_of(std::string_view{"\"\0\n\r", 4}) != path.npos) {
    return failure(ErrorCode::configuration_invalid,
                   PublicText{"database: the file's name has a quote or a control character"});
  }
  return DatabaseUrl{std::string(path)};
}

}  // namespace cardea::sql
