#include "diagnosis/check_files.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cardea/service/wiring/master_key_file.hpp>

#include "temporary_folder.hpp"

namespace cardea::service {
namespace {

using std::filesystem::perms;

class CheckFiles : public testing::Test {
 protected:
  std::filesystem::path file(std::string_view name, unsigned mode) const {
    return folder.write(name, "", static_cast<perms>(mode));
  }
  static void set_mode(const std::filesystem::path& path, unsigned mode) {
    std::filesystem::permissions(path, static_cast<perms>(mode));
  }
  static Verdict worst(const Findings& findings) { return std::ranges::max(findings, {}, &Finding::verdict).verdict; }

  TemporaryFolder folder;
};

TEST_F(CheckFiles, AreContentWithADatabaseOfItsOwner) {
  const auto findings = check_database_files(file("a.db", 0600));
  EXPECT_EQ(worst(findings), Verdict::ok);
  EXPECT_TRUE(findings.front().what.ends_with("a.db has mode 0600")) << findings.front().what;
}

TEST_F(CheckFiles, FindADatabaseThatOthersCanReadOrChange) {
  const struct {
    unsigned mode;
    std::string_view end;
  } rows[] = {{0640, "others can read the password hashes in it"},
              {0604, "others can read the password hashes in it"},
              {0660, "others can change it"},
              {0602, "others can change it"}};
  for (const auto& row : rows) {
    const auto finding = check_database_files(file("a.db", row.mode)).front();
    EXPECT_EQ(finding.verdict, Verdict::problem) << row.mode;
    EXPECT_TRUE(finding.what.ends_with(row.end)) << finding.what;
    EXPECT_TRUE(finding.advice.starts_with("run chmod 600 ")) << finding.advice;
  }
}

TEST_F(CheckFiles, FindALogBesideItThatOthersCanRead) {
  const auto database = file("a.db", 0600);
  const auto log = file("a.db-wal", 0644);
  EXPECT_EQ(worst(check_database_files(database)), Verdict::problem);
  set_mode(log, 0600);
  EXPECT_EQ(worst(check_database_files(database)), Verdict::ok);
}

TEST_F(CheckFiles, FindAFolderInWhichOthersCanPutFiles) {
  const auto inner = folder / "inner";
  std::filesystem::create_directory(inner);
  const struct {
    unsigned mode;
    Verdict verdict;
  } rows[] = {{0700, Verdict::ok},
              {0755, Verdict::ok},
              {0770, Verdict::warning},
              {0777, Verdict::problem},
              {01777, Verdict::ok}};
  for (const auto& row : rows) {
    set_mode(inner, row.mode);
    EXPECT_EQ(check_folder(inner).verdict, row.verdict) << row.mode;
  }
  EXPECT_EQ(check_folder(folder / "nowhere").verdict, Verdict::problem);
}

class CheckMasterKey : public CheckFiles {
 protected:
  CheckMasterKey() { config.database = sql::DatabaseUrl::parse("sqlite:" + (folder / "a.db").string()).value(); }
  const std::filesystem::path key = folder / "a.master-key";
  Config config;
};

TEST_F(CheckMasterKey, IsContentWithOneThatItsOwnerCanRead) {
  ASSERT_TRUE(MasterKeyFile::at(key).read_or_make());
  EXPECT_EQ(check_master_key(config, true).verdict, Verdict::ok);
}

TEST_F(CheckMasterKey, FindsOneThatOthersCanRead) {
  ASSERT_TRUE(MasterKeyFile::at(key).read_or_make());
  set_mode(key, 0644);
  const auto finding = check_master_key(config, true);
  EXPECT_EQ(finding.verdict, Verdict::problem);
  EXPECT_TRUE(finding.what.contains("others can read")) << finding.what;
}

TEST_F(CheckMasterKey, FindsThatTheOneThatIsNeededIsMissingAndMakesNone) {
  EXPECT_EQ(check_master_key(config, true).verdict, Verdict::problem);
  EXPECT_EQ(check_master_key(config, false).verdict, Verdict::ok);
  EXPECT_FALSE(std::filesystem::exists(key));
}

}  // namespace
}  // namespace cardea::service
