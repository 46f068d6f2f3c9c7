#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <cardea/service/files/file.hpp>
#include <cardea/service/wiring/accounts.hpp>
#include <fstream>
#include <sstream>

#include "command_line/program.hpp"
#include "temporary_folder.hpp"

namespace cardea::cli {
namespace {

const std::string kHash = "$2b$04$Q/q4hc55Tt4bRBFpGaDa2eJGDT2gFt5ixLtDpKIinOtsgm/g1RU7K";

class UserImportCommandTest : public testing::Test {
 protected:
  std::string file(const std::string& name, const std::string& content) {
    std::ofstream{folder / name, std::ios::binary} << content;
    return (folder / name).string();
  }
  ExitStatus cardea(const std::vector<std::string>& arguments, const std::string& database = "cardea.db",
                    const std::string& input = {}) {
    std::istringstream in{input};
    std::ostringstream out, err;
    Terminal terminal{in, out, err};
    const service::Texts environment{{"CARDEA_DATABASE", "sqlite:" + (folder / database).string()}};
    const auto status = run_program(arguments, environment, clock, terminal);
    output = out.str();
    errors = err.str();
    return status;
  }
  std::string content_of(const std::string& name) { return service::read_file(folder / name, 1 << 20).value().bytes; }
  static unsigned mode_of(const std::filesystem::path& path) {
    struct stat status{};
    EXPECT_EQ(::stat(path.c_str(), &status), 0);
    return status.st_mode & 0777U;
  }

  ManualClock clock{parse_instant("2026-01-01T12:00:00Z").value()};
  service::TemporaryFolder folder;
  std::string output, errors;
};

TEST_F(UserImportCommandTest, AddsTheUsersOfAFileAndGoesOn) {
  const auto users = file("users.csv", "username,password_hash\nalice," + kHash + "\nbob," + kHash + "\n");
  EXPECT_EQ(cardea({"user", "import", users}), ExitStatus::done) << errors;
  EXPECT_EQ(output, "added 2, already there 0, refused 0\n");
  EXPECT_EQ(errors, "");
  EXPECT_EQ(cardea({"user", "import", users}), ExitStatus::done);
  EXPECT_EQ(output, "added 0, already there 2, refused 0\n");
}

TEST_F(UserImportCommandTest, ReadsStandardInput) {
  EXPECT_EQ(cardea({"user", "import", "-", "--format", "jsonl", "--json"}, "cardea.db",
                   R"({"username":"alice","password_hash":")" + kHash + "\"}\n"),
            ExitStatus::done);
  EXPECT_EQ(output, "{\"added\":1,\"already_there\":0,\"refused\":0,\"dry_run\":false,\"interrupted\":false}\n");
}

TEST_F(UserImportCommandTest, ReportsTheRefusedLinesAndAddsTheOthers) {
  const auto users =
      file("users.csv", "username,password_hash\nAlice," + kHash + "\nbob,swordfish\ncarol," + kHash + "\n");
  const auto report = (folder / "refused.csv").string();
  EXPECT_EQ(cardea({"user", "import", users, "--report", report}), ExitStatus::refused);
  EXPECT_EQ(output, "added 1, already there 0, refused 2\n");
  EXPECT_EQ(errors, "line 2: Alice: Invalid username\nline 3: bob: a password hash of an unknown scheme\n");
  EXPECT_EQ(content_of("refused.csv"),
            "line,username,reason\r\n2,Alice,Invalid username\r\n3,bob,a password hash of an unknown scheme\r\n");
  EXPECT_EQ(mode_of(report), 0600U);
}

TEST_F(UserImportCommandTest, ShowsTheFirstOfManyRefusedLines) {
  std::string text = "username,password_hash\n";
  for (int i = 0; i < 100; ++i) text += "A,x\n";
  cardea({"user", "import", file("users.csv", text)});
  EXPECT_EQ(std::ranges::count(errors, '\n'), 21);
  EXPECT_TRUE(errors.ends_with("further ones are only counted; --report FILE has all\n")) << errors;
}

TEST_F(UserImportCommandTest, ChangesNothingInADryRun) {
  const auto users = file("users.csv", "username,password_hash\nalice," + kHash + "\n");
  EXPECT_EQ(cardea({"user", "import", users, "--dry-run"}), ExitStatus::done);
  EXPECT_EQ(output, "would add 1, already there 0, refused 0\n");
  cardea({"user", "list", "--json"});
  EXPECT_EQ(output, "[]\n");
}

TEST_F(UserImportCommandTest, RefusesWhatItCannotReadAsWrongUsage) {
  EXPECT_EQ(cardea({"user", "import", (folder / "none.csv").string()}), ExitStatus::wrong_usage);
  EXPECT_TRUE(errors.ends_with("none.csv: cannot be read\n")) << errors;
  EXPECT_EQ(cardea({"user", "import", file("users.txt", "")}), ExitStatus::wrong_usage);
  EXPECT_TRUE(errors.contains("--format: csv or jsonl")) << errors;
  EXPECT_EQ(cardea({"user", "import", file("users.csv", "username,phone\n")}), ExitStatus::wrong_usage);
  EXPECT_TRUE(errors.contains("unknown column \"phone\"")) << errors;
  EXPECT_EQ(cardea({"user", "import", file("more.csv", "username\n"), "--report", (folder / "no" / "x").string()}),
            ExitStatus::wrong_usage);
}

TEST_F(UserImportCommandTest, TakesHashesOfAFirebaseProject) {
  const auto config = file("hash_config.txt",
                           "hash_config { algorithm: SCRYPT, base64_signer_key: "
                           "jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==, "
                           "base64_salt_separator: Bw==, rounds: 8, mem_cost: 14, }\n");
  const auto users = file(
      "users.jsonl",
      R"({"username":"user1","password_salt":"42xEC+ixf3L2lw==","password_hash":"lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/)"
      R"(qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ=="})"
      "\n");
  ::chmod(config.c_str(), 0644);
  EXPECT_EQ(cardea({"user", "import", users, "--firebase-hash-config", config}), ExitStatus::wrong_usage)
      << "others can read the signer key";
  ::chmod(config.c_str(), 0600);
  EXPECT_EQ(cardea({"user", "import", users, "--firebase-hash-config", config}), ExitStatus::done) << errors;
  EXPECT_EQ(cardea({"user", "export", "-", "--format", "csv", "--with-hashes"}), ExitStatus::done);
  EXPECT_TRUE(output.contains("$firebase-scrypt$ln=14,r=8,p=1$42xEC+ixf3L2lwc$")) << output;
}

TEST_F(UserImportCommandTest, ExportsWhatImportsAgainAsTheSame) {
  const auto users = file(
      "users.jsonl",
      R"({"username":"alice","role":"admin","password_hash":")" + kHash +
          R"(","email":"alice@example.org","created_at":"2020-01-01T00:00:00.000001Z"})"
          "\n"
          R"({"username":"bob","state":"disabled","disabled_until":"2026-02-01T00:00:00Z","password_hash":"$y$j75$.2U.1EE/4Q.07ck0AoU1D.$)"
          R"(3fy1IhgrhvRDSStlmCfwJ2fLAbxUtjjuSssQD9UIE4B"})"
          "\n"
          R"({"username":"carol","state":"deleted","password_hash":")" +
          kHash + "\"}\n");
  ASSERT_EQ(cardea({"user", "import", users}), ExitStatus::done) << errors;
  for (const std::string format : {"csv", "jsonl"}) {
    const auto first = "first." + format, second = "second." + format, database = format + ".db";
    ASSERT_EQ(cardea({"user", "export", (folder / first).string(), "--with-hashes"}), ExitStatus::done) << errors;
    EXPECT_EQ(output, "exported 3 users to " + (folder / first).string() + "\n");
    EXPECT_EQ(mode_of(folder / first), 0600U);
    ASSERT_EQ(cardea({"user", "import", (folder / first).string()}, database), ExitStatus::done) << errors;
    ASSERT_EQ(cardea({"user", "export", (folder / second).string(), "--with-hashes"}, database), ExitStatus::done);
    EXPECT_EQ(content_of(first), content_of(second));
  }
}

TEST_F(UserImportCommandTest, ExportsNoHashUnlessAskedTo) {
  cardea({"user", "import", file("users.csv", "username,password_hash\nalice," + kHash + "\n")});
  EXPECT_EQ(cardea({"user", "export", "-", "--format", "csv"}), ExitStatus::done);
  EXPECT_EQ(output,
            "username,role,state,disabled_until,email,created_at\r\nalice,user,active,,,2026-01-01T12:00:00Z\r\n");
  EXPECT_EQ(cardea({"user", "export", "-", "--format", "jsonl"}), ExitStatus::done);
  EXPECT_EQ(
      output,
      "{\"username\":\"alice\",\"role\":\"user\",\"state\":\"active\",\"created_at\":\"2026-01-01T12:00:00Z\"}\n");
}

TEST_F(UserImportCommandTest, ExportsMoreUsersThanAPageHas) {
  std::string text = "username,password_hash\n";
  for (int i = 0; i < 2500; ++i) text += "u" + std::to_string(i) + "," + kHash + "\n";
  ASSERT_EQ(cardea({"user", "import", file("users.csv", text)}), ExitStatus::done) << errors;
  EXPECT_EQ(cardea({"user", "export", "-", "--format", "csv"}), ExitStatus::done);
  EXPECT_EQ(std::ranges::count(output, '\n'), 2501);
  EXPECT_TRUE(output.contains("\r\nu2499,user,")) << "the last one";
}

TEST_F(UserImportCommandTest, LeavesAnEventInTheAuditLog) {
  cardea({"user", "import", file("users.csv", "username,password_hash\nalice," + kHash + "\nbob," + kHash + "\n")});
  EXPECT_EQ(cardea({"audit", "list", "--json"}), ExitStatus::done) << errors;
  EXPECT_TRUE(output.contains("\"event\":\"users_imported\"")) << output;
  EXPECT_TRUE(output.contains("\"subject\":\"2 users\"")) << output;
}

TEST_F(UserImportCommandTest, ExportsIntoNoFileThatIsThere) {
  const auto there = file("there.csv", "precious");
  EXPECT_EQ(cardea({"user", "export", there}), ExitStatus::wrong_usage);
  EXPECT_EQ(content_of("there.csv"), "precious");
  EXPECT_TRUE(errors.contains("is there already; name a file that is not")) << errors;
}

}  // namespace
}  // namespace cardea::cli
