#include <gtest/gtest.h>

#include <cardea/sql/database/database_url.hpp>

namespace cardea::sql {
namespace {

using std::string_view_literals::operator""sv;

DatabaseUrl parsed(std::string_view text) {
  auto url = DatabaseUrl::parse(text);
  EXPECT_TRUE(url.has_value()) << url.error().public_text();
  return *std::move(url);
}

TEST(DatabaseUrl, TakesAPathAfterSqlite) {
  EXPECT_EQ(parsed("sqlite:cardea.db").path(), "cardea.db");
  EXPECT_EQ(parsed("sqlite:/var/lib/cardea/cardea.db").path(), "/var/lib/cardea/cardea.db");
  EXPECT_EQ(parsed("sqlite:cardea.db").text(), "sqlite:cardea.db");
  EXPECT_EQ(parsed("sqlite:cardea.db").dialect(), Dialect::sqlite);
  EXPECT_FALSE(parsed("sqlite:cardea.db").in_memory());
  EXPECT_TRUE(parsed("sqlite::memory:").in_memory());
}

TEST(DatabaseUrl, TakesPostgresqlAsLibpqWritesIt) {
  for (const auto* text :
       {"postgresql://host/db", "postgres://user@host:5433/db", "postgresql:///db?host=/run/postgresql",
        "postgresql://u:p%40s@a:1,b:2/db?target_session_attrs=read-write&sslmode=verify-full&sslrootcert=/ca.pem",
        "postgresql://u@[::1]/db?connect_timeout=3&application_name=one%20of%20three&passfile=/etc/pgpass"}) {
    const auto url = parsed(text);
    EXPECT_EQ(url.dialect(), Dialect::postgresql) << text;
    EXPECT_TRUE(url.path().empty());
    EXPECT_FALSE(url.in_memory());
  }
}

TEST(DatabaseUrl, GivesLibpqEveryPartAndNoBlank) {
  const std::string connection{
      parsed("postgresql://cardea:p%40s%20s%3D@db.example:5433/accounts?sslmode=require").connection().expose()};
  for (const auto* part :
       {"user=cardea", "password=p%40s%20s%3D", "host=db%2Eexample", "port=5433", "dbname=accounts", "sslmode=require",
        "connect_timeout=5", "application_name=cardea", "tcp_user_timeout=5000", "client_encoding=UTF8"}) {
    EXPECT_TRUE(connection.contains(part)) << part << " is not in " << connection;
  }
  EXPECT_FALSE(connection.contains(' '));
  EXPECT_TRUE(parsed("postgresql:///?connect_timeout=9").connection().expose().contains("connect_timeout=9"));
}

TEST(DatabaseUrl, NeverShowsAPassword) {
  EXPECT_EQ(parsed("postgresql://cardea:secret@db/accounts").text(), "postgresql://cardea:********@db/accounts");
  EXPECT_EQ(parsed("postgresql://cardea@db/accounts").text(), "postgresql://cardea@db/accounts");
  EXPECT_EQ(parsed("postgresql://db:5432/accounts").text(), "postgresql://db:5432/accounts");
  for (const auto* text : {"postgresql://u:secret@h/d", "postgres://u@h/d?password=secret&sslmode=require",
                           "postgresql://h/d?password=secret", "postgresql://u:a@secret@h/d",
                           "postgresql://u:/secret@h", "postgresql://u:secret?@h/d"}) {
    EXPECT_FALSE(DatabaseUrl::masked(text).contains("secret")) << text;
  }
}

TEST(DatabaseUrl, RefusesWhatItCannotOpenWithoutRepeatingIt) {
  for (const auto text : {""sv,
                          "cardea.db"sv,
                          "sqlite"sv,
                          "sqlite:"sv,
                          "sqlite://host/db"sv,
                          "sqlite:///cardea.db"sv,
                          "mysql://host/db"sv,
                          R"(sqlite:a"b)"sv,
                          "sqlite:a\0b"sv,
                          "sqlite:a\nb"sv,
                          "SQLITE:a"sv,
                          "postgres:db"sv,
                          "postgresql:host=h"sv,
                          "postgresql://u:secret@h/d?search_path=x"sv,
                          "postgresql://u:secret@h:port/d"sv,
                          "postgresql://u:sec%zzret@h/d"sv,
                          "postgresql://u:se/cret@h/d"sv,
                          "postgresql://u:secret@h/d?options=-csearch_path%3Dx"sv,
                          "postgresql://u:secret@h/d?connect_timeout=soon"sv,
                          "postgresql://u:secret@h/d\0x"sv}) {
    const auto refusal = DatabaseUrl::parse(text);
    ASSERT_FALSE(refusal.has_value()) << text;
    EXPECT_EQ(refusal.error().code(), ErrorCode::configuration_invalid) << text;
    EXPECT_TRUE(refusal.error().public_text().starts_with("database: ")) << text;
    EXPECT_TRUE(refusal.error().public_text().contains("; ")) << text;
    EXPECT_FALSE(refusal.error().public_text().contains("cret")) << refusal.error().public_text();
  }
}

}  // namespace
}  // namespace cardea::sql
