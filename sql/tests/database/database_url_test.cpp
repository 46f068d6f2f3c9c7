#include <gtest/gtest.h>

#include <cardea/sql/database/database_url.hpp>

namespace cardea::sql {
namespace {

TEST(DatabaseUrl, TakesAPathAfterSqlite) {
  EXPECT_EQ(DatabaseUrl::parse("sqlite:cardea.db").value().path(), "cardea.db");
  EXPECT_EQ(DatabaseUrl::parse("sqlite:/var/lib/cardea/cardea.db").value().path(), "/var/lib/cardea/cardea.db");
  EXPECT_EQ(DatabaseUrl::parse("sqlite:cardea.db").value().text(), "sqlite:cardea.db");
  EXPECT_FALSE(DatabaseUrl::parse("sqlite:cardea.db").value().in_memory());
  EXPECT_TRUE(DatabaseUrl::parse("sqlite::memory:").value().in_memory());
}

TEST(DatabaseUrl, SaysThatPostgresqlIsNotServedYet) {
  for (const auto* url : {"postgresql://user@host/db", "postgres://host/db"}) {
    const auto refusal = DatabaseUrl::parse(url);
    EXPECT_EQ(refusal.error().code(), ErrorCode::configuration_invalid);
    EXPECT_EQ(refusal.error().public_text(), "database: PostgreSQL is not served by this version; use sqlite:FILE");
  }
}

TEST(DatabaseUrl, RefusesWhatItCannotOpen) {
  using std::string_view_literals::operator""sv;
  for (const auto text : {""sv, "cardea.db"sv, "sqlite"sv, "sqlite:"sv, "sqlite://host/db"sv, "sqlite:///cardea.db"sv,
                          "mysql://host/db"sv, "sqlite:a\"b"sv, "sqlite:a\0b"sv, "sqlite:a\nb"sv, "SQLITE:a"sv}) {
    const auto refusal = DatabaseUrl::parse(text);
    ASSERT_FALSE(refusal.has_value()) << text;
    EXPECT_EQ(refusal.error().code(), ErrorCode::configuration_invalid) << text;
    EXPECT_TRUE(refusal.error().public_text().starts_with("database: ")) << text;
  }
}

}  // namespace
}  // namespace cardea::sql
