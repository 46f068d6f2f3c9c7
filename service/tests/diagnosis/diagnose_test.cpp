#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <cardea/core/audit/memory_audit_sink.hpp>
#include <cardea/service/diagnosis/diagnose.hpp>
#include <cardea/service/wiring/backend.hpp>
#include <fstream>
#include <iterator>
#include <map>

#include "temporary_folder.hpp"

namespace cardea::service {
namespace {

class DiagnoseTest : public testing::Test {
 protected:
  DiagnoseTest() { sources.flags["database"] = "sqlite:" + (folder / "a.db").string(); }

  // A server has been here.
  void serve_once(Texts more = {}) {
    auto flags = sources.flags;
    flags.merge(more);
    const auto config = load_config({.flags = flags, .environment = {}, .file = {}}).value().config;
    ASSERT_TRUE(Backend::open(config, now, std::make_shared<MemoryAuditSink>()));
  }
  Findings findings() const { return diagnose(sources, now); }
  Finding finding(std::string_view check) const {
    const auto all = findings();
    const auto found = std::ranges::find(all, check, &Finding::check);
    return found == all.end() ? Finding{} : *found;
  }
  bool has_problem() const {
    return std::ranges::any_of(findings(), [](const auto& one) { return one.verdict == Verdict::problem; });
  }
  std::map<std::string, std::string> contents() const {
    std::map<std::string, std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder / "")) {
      std::ifstream stream{entry.path(), std::ios::binary};
      files[entry.path().filename()] = {std::istreambuf_iterator<char>{stream}, {}};
    }
    return files;
  }

  TemporaryFolder folder;
  ConfigSources sources;
  Instant now = SystemClock{}.now();
};

TEST_F(DiagnoseTest, FindsNoProblemBeforeTheFirstStartAndMakesNothing) {
  EXPECT_FALSE(has_problem());
  EXPECT_TRUE(finding("database").what.ends_with("a.db is not there yet; the first start makes it"));
  EXPECT_TRUE(contents().empty());
}

TEST_F(DiagnoseTest, WarnsWhereTheConfigurationAllowsMoreConnectionsThanOpenFiles) {
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  const rlimit lower{.rlim_cur = 1000, .rlim_max = before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &lower), 0);
  sources.flags["connections"] = "100";
  EXPECT_EQ(finding("open files").verdict, Verdict::ok);
  sources.flags["connections"] = "1000";
  EXPECT_EQ(finding("open files").verdict, Verdict::warning);
  EXPECT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
}

TEST_F(DiagnoseTest, FindsNoProblemAfterItAndChangesNothing) {
  serve_once();
  const auto before = contents();
  EXPECT_FALSE(has_problem());
  EXPECT_TRUE(contents() == before);
  EXPECT_EQ(finding("database").what, "SQLite, whole, with write-ahead log");
  EXPECT_EQ(finding("master key").verdict, Verdict::ok);
  EXPECT_TRUE(finding("signing key").what.starts_with("HS256 "));
  EXPECT_EQ(finding("administrators").verdict, Verdict::warning) << "nobody is there yet";
  EXPECT_TRUE(finding("audit log").what.starts_with("at row "));
}

TEST_F(DiagnoseTest, LooksBesideARunningServer) {
  const auto config = load_config(sources).value().config;
  const auto backend = Backend::open(config, now, std::make_shared<MemoryAuditSink>()).value();
  EXPECT_FALSE(has_problem());
  EXPECT_EQ(finding("schema").verdict, Verdict::ok);
}

TEST_F(DiagnoseTest, StopsAtAConfigurationThatCannotBeRead) {
  sources.flags["threads"] = "many";
  const auto all = findings();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all.front().verdict, Verdict::problem);
  EXPECT_TRUE(all.front().what.starts_with("--threads: ")) << all.front().what;
}

TEST_F(DiagnoseTest, FindsAMasterKeyThatIsNotTheOneOfTheDatabase) {
  serve_once();
  std::filesystem::remove(folder / "a.master-key");
  EXPECT_EQ(finding("master key").verdict, Verdict::problem);
  EXPECT_FALSE(std::filesystem::exists(folder / "a.master-key"));
  sources.flags["master_key_file"] = (folder / "other").string();
  {
    const TemporaryFolder elsewhere;
    const auto other = load_config({.flags = {{"database", "sqlite:" + (elsewhere / "b.db").string()},
                                              {"master_key_file", (folder / "other").string()}},
                                    .environment = {},
                                    .file = {}});
    ASSERT_TRUE(Backend::open(other->config, now, std::make_shared<MemoryAuditSink>()));
  }
  EXPECT_EQ(finding("master key").verdict, Verdict::ok);
  EXPECT_EQ(finding("signing key").verdict, Verdict::problem);
  EXPECT_TRUE(finding("signing key").what.contains("is not the master key that sealed the keys"));
}

TEST_F(DiagnoseTest, FindsTheDemoPasswords) {
  serve_once({{"demo", "true"}});
  EXPECT_EQ(finding("demo users").verdict, Verdict::problem);
  sources.flags["demo"] = "true";
  EXPECT_EQ(finding("demo users").verdict, Verdict::warning);
}

TEST_F(DiagnoseTest, FindsAClockThatIsBehindTheDatabase) {
  serve_once();
  now -= std::chrono::hours{1};
  EXPECT_EQ(finding("clock").verdict, Verdict::problem);
}

TEST_F(DiagnoseTest, SaysWhatToDoAboutADatabaseThatIsNoneOrOld) {
  folder.write("a.db", std::string(5000, 'x'));
  EXPECT_EQ(finding("database").verdict, Verdict::problem);
  folder.write("a.db", "");
  EXPECT_EQ(finding("schema").verdict, Verdict::warning);
  EXPECT_EQ(finding("signing key"), Finding{}) << "there is no table of keys to look into";
}

TEST_F(DiagnoseTest, NeverRepeatsASecret) {
  serve_once();
  sources.environment["CARDEA_JWT_SECRET"] = "hunter2-hunter2";
  for (const auto& one : findings()) {
    EXPECT_FALSE(one.what.contains("hunter2")) << one.what;
    EXPECT_FALSE(one.advice.contains("hunter2")) << one.advice;
  }
}

}  // namespace
}  // namespace cardea::service
