#include "diagnosis/check_machine.hpp"

#include <gtest/gtest.h>

namespace cardea::service {
namespace {

using namespace std::chrono_literals;

const Instant kNow = parse_instant("2026-01-01T12:00:00Z").value();
constexpr std::uint64_t kMiB = 1024 * 1024;

Machine machine(std::optional<bool> synchronised = true) {
  return {.now = kNow, .clock_is_synchronised = synchronised, .open_files = 9000, .bytes_free = 2048 * kMiB};
}

TEST(CheckClock, IsContentWithASynchronisedClock) {
  EXPECT_EQ(check_clock(machine(), kNow - 1h).verdict, Verdict::ok);
  EXPECT_EQ(check_clock(machine(), std::nullopt).verdict, Verdict::ok);
  EXPECT_EQ(check_clock(machine(std::nullopt), std::nullopt).verdict, Verdict::ok) << "a container's may not say";
}

TEST(CheckClock, WarnsOfOneThatNothingSynchronises) {
  const auto finding = check_clock(machine(false), kNow);
  EXPECT_EQ(finding.verdict, Verdict::warning);
  EXPECT_TRUE(finding.advice.contains("NTP"));
}

TEST(CheckClock, FindsOneThatIsBehindTheDatabase) {
  EXPECT_EQ(check_clock(machine(), kNow + 2s).verdict, Verdict::ok) << "another node's clock";
  const auto finding = check_clock(machine(), kNow + 1h);
  EXPECT_EQ(finding.verdict, Verdict::problem);
  EXPECT_EQ(finding.what, "it is 2026-01-01T12:00:00Z, and the database has something of 2026-01-01T13:00:00Z");
}

TEST(CheckOpenFiles, WarnsOfALimitBelowTheConnections) {
  EXPECT_EQ(check_open_files(machine(), 9000).verdict, Verdict::ok);
  const auto finding = check_open_files(machine(), 9001);
  EXPECT_EQ(finding.verdict, Verdict::warning);
  EXPECT_TRUE(finding.advice.contains("LimitNOFILE=9001"));
}

TEST(CheckSpace, GoesFromLittleToNone) {
  auto at = machine();
  EXPECT_EQ(check_space(at, "/var/lib").verdict, Verdict::ok);
  at.bytes_free = 1023 * kMiB;
  EXPECT_EQ(check_space(at, "/var/lib").verdict, Verdict::warning);
  at.bytes_free = 63 * kMiB;
  EXPECT_EQ(check_space(at, "/var/lib").verdict, Verdict::problem);
  EXPECT_EQ(check_space(at, "/var/lib").what, "63 MiB free in /var/lib");
}

TEST(ThisMachine, HasALimitAndSpace) {
  const auto here = Machine::at(kNow, ".");
  EXPECT_EQ(here.now, kNow);
  EXPECT_GT(here.open_files, 0U);
  EXPECT_GT(here.bytes_free, 0U);
  EXPECT_EQ(Machine::at(kNow, "/no/such/folder").bytes_free, 0U);
}

}  // namespace
}  // namespace cardea::service
