#include "diagnosis/check_database.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace cardea::service {
namespace {

using sql::MigrationStatus;
using sql::PostgresqlHealth;

MigrationStatus migration(std::int64_t version, bool applied = true) {
  return {version, "000" + std::to_string(version), applied ? std::optional{Instant{}} : std::nullopt};
}

PostgresqlHealth healthy() {
  return {.version = "15.8",
          .is_encrypted = true,
          .is_local = false,
          .fsync = true,
          .synchronous_commit = true,
          .is_standby = false,
          .tells_changes = true};
}

Verdict worst(const PostgresqlHealth& health) {
  return std::ranges::max(check_postgresql(health), {}, &Finding::verdict).verdict;
}

TEST(CheckSchema, IsContentWithEveryMigration) {
  const auto finding = check_schema(std::vector{migration(1), migration(2)}, 2);
  EXPECT_EQ(finding.verdict, Verdict::ok);
  EXPECT_EQ(finding.what, "version 2, up to date");
}

TEST(CheckSchema, SaysHowToApplyWhatIsMissing) {
  const auto finding = check_schema(std::vector{migration(1), migration(2, false), migration(3, false)}, 3);
  EXPECT_EQ(finding.verdict, Verdict::warning);
  EXPECT_EQ(finding.what, "2 migrations are missing");
  EXPECT_TRUE(finding.advice.contains("cardea db migrate"));
}

TEST(CheckSchema, FindsOneThatIsNewerThanTheProgram) {
  const auto finding = check_schema(std::vector{migration(1), migration(9)}, 1);
  EXPECT_EQ(finding.verdict, Verdict::problem);
  EXPECT_EQ(finding.what, "version 9, and this program knows none after 1");
}

TEST(CheckSchema, TellsWhyItCannotBeRead) {
  const auto finding = check_schema(failure(ErrorCode::store_unavailable, PrivateText{"the disk is gone"}), 1);
  EXPECT_EQ(finding.verdict, Verdict::problem);
  EXPECT_EQ(finding.what, "the disk is gone");
  EXPECT_NE(finding.advice, "");
}

TEST(CheckSqlite, FindsDamageAndAnotherJournal) {
  EXPECT_EQ(check_sqlite("ok", true).verdict, Verdict::ok);
  EXPECT_EQ(check_sqlite("ok", false).verdict, Verdict::warning);
  const auto damaged = check_sqlite("row 3 missing from index", true);
  EXPECT_EQ(damaged.verdict, Verdict::problem);
  EXPECT_EQ(damaged.what, "the file is damaged: row 3 missing from index");
}

TEST(CheckPostgresql, IsContentWithAHealthyServer) { EXPECT_EQ(worst(healthy()), Verdict::ok); }

TEST(CheckPostgresql, WantsTlsOnlyForAServerElsewhere) {
  auto health = healthy();
  health.is_encrypted = false;
  EXPECT_EQ(worst(health), Verdict::warning);
  health.is_local = true;
  EXPECT_EQ(worst(health), Verdict::ok);
}

TEST(CheckPostgresql, WarnsOfSettingsThatLoseWhatWasAnswered) {
  auto health = healthy();
  health.fsync = false;
  EXPECT_EQ(worst(health), Verdict::warning);
  health = healthy();
  health.synchronous_commit = false;
  EXPECT_EQ(worst(health), Verdict::warning);
  health.fsync = health.synchronous_commit = std::nullopt;
  EXPECT_EQ(worst(health), Verdict::ok) << "another engine has no such setting";
}

TEST(CheckPostgresql, FindsAStandby) {
  auto health = healthy();
  health.is_standby = true;
  EXPECT_EQ(worst(health), Verdict::problem);
}

TEST(CheckPostgresql, WarnsWhereChangesAreNotTold) {
  auto health = healthy();
  health.tells_changes = false;
  EXPECT_EQ(worst(health), Verdict::warning);
}

}  // namespace
}  // namespace cardea::service
