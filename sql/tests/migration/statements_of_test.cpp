#include "migration/statements_of.hpp"

#include <gtest/gtest.h>

namespace cardea::sql {
namespace {

using Statements = std::vector<std::string>;

TEST(StatementsOf, SplitsAtSemicolonsThatEndALine) {
  EXPECT_EQ(statements_of("CREATE TABLE a (\n  id BIGINT\n);\nCREATE TABLE b (id BIGINT);\n"),
            (Statements{"CREATE TABLE a (\nid BIGINT\n)", "CREATE TABLE b (id BIGINT)"}));
  EXPECT_EQ(statements_of("INSERT INTO a VALUES ('x;y')\n;"), (Statements{"INSERT INTO a VALUES ('x;y')\n"}));
}

TEST(StatementsOf, LeavesSemicolonsWithinALineToATrigger) {
  const std::string trigger = "CREATE TRIGGER t AFTER INSERT ON a\nBEGIN UPDATE b SET n = n + 1; DELETE FROM c; END";
  EXPECT_EQ(statements_of(trigger + ";\nSELECT 1;"), (Statements{trigger, "SELECT 1"}));
}

TEST(StatementsOf, LeavesCommentsAndBlankLinesOut) {
  EXPECT_EQ(statements_of("-- one;\n\n  -- at 12:00;\r\nSELECT 1;\r\n-- end"), Statements{"SELECT 1"});
  EXPECT_TRUE(statements_of("").empty());
  EXPECT_TRUE(statements_of("-- nothing\n").empty());
}

TEST(StatementsOf, TakesALastStatementWithoutSemicolon) {
  EXPECT_EQ(statements_of("SELECT 1;\nSELECT 2"), (Statements{"SELECT 1", "SELECT 2"}));
}

}  // namespace
}  // namespace cardea::sql
