#include <cardea/core/audit/audit_folding.hpp>

#include <gtest/gtest.h>

#include "audit/sample_audit.hpp"

namespace cardea {
namespace {

using std::chrono::seconds;

class AuditFoldingTest : public testing::Test {
 protected:
  // Rows that were made by adding the failure `times` times, a millisecond apart.
  std::size_t rows_of(const std::string& subject, int times, const std::string& address = "192.0.2.7") {
    std::size_t rows = 0;
    for (int i = 0; i < times; ++i) {
      now += std::chrono::milliseconds{1};
      rows += folding.add(audit_failure(subject, now, address), now).has_value();
      rows += folding.take_due(now).size();
    }
    return rows;
  }

  Instant now = audit_noon();
  AuditFolding folding;
};

TEST_F(AuditFoldingTest, WritesEverySuccess) {
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(folding.add(audit_success("alice"), now).has_value());
  EXPECT_EQ(folding.size(), 0U);
}

TEST_F(AuditFoldingTest, WritesTheFirstFailureAtOnceAndCountsTheNext) {
  const auto first = folding.add(audit_failure("bob", now), now);
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(first->count, 1U);
  EXPECT_EQ(first->until, now);
  for (int i = 1; i <= 5; ++i) {
    EXPECT_FALSE(folding.add(audit_failure("bob", now + seconds{i}), now + seconds{i}).has_value());
  }
  EXPECT_TRUE(folding.take_due(now + seconds{60} - std::chrono::microseconds{1}).empty());
  const auto due = folding.take_due(now + seconds{60});
  ASSERT_EQ(due.size(), 1U);
  EXPECT_EQ(due[0].count, 5U);
  EXPECT_EQ(due[0].event.at, now + seconds{1});
  EXPECT_EQ(due[0].until, now + seconds{5});
  EXPECT_EQ(due[0].event.subject, "bob");
  EXPECT_EQ(due[0].event.origin.address, "192.0.2.7");
}

TEST_F(AuditFoldingTest, ForgetsAFailureThatDoesNotComeAgain) {
  folding.add(audit_failure("bob", now), now);
  EXPECT_TRUE(folding.take_due(now + seconds{60}).empty());
  EXPECT_EQ(folding.size(), 0U);
  EXPECT_TRUE(folding.add(audit_failure("bob", now + seconds{61}), now + seconds{61}).has_value());
}

TEST_F(AuditFoldingTest, TellsFailuresApartThatAreNotEqual) {
  EXPECT_TRUE(folding.add(audit_failure("bob", now), now).has_value());
  EXPECT_TRUE(folding.add(audit_failure("carol", now), now).has_value());
  EXPECT_TRUE(folding.add(audit_failure("bob", now, "192.0.2.8"), now).has_value());
  EXPECT_TRUE(folding.add(audit_failure("bob", now, "192.0.2.7", ErrorCode::user_disabled), now).has_value());
  auto refresh = audit_failure("bob", now);
  refresh.action = AuditAction::refresh_refused;
  EXPECT_TRUE(folding.add(refresh, now).has_value());
}

TEST_F(AuditFoldingTest, MakesFewRowsOfOneSourceHoweverOftenItFails) {
  EXPECT_LE(rows_of("bob", 100'000), 1U + 100'000 / 60'000 + 1);
  EXPECT_EQ(folding.take_all().size(), 1U);
}

TEST_F(AuditFoldingTest, CountsEveryFailureOfOneSource) {
  std::uint64_t count = 0;
  for (int i = 0; i < 100'000; ++i) {
    now += std::chrono::milliseconds{1};
    if (const auto row = folding.add(audit_failure("bob", now), now)) count += row->count;
    for (const auto& row : folding.take_due(now)) count += row.count;
  }
  for (const auto& row : folding.take_all()) count += row.count;
  EXPECT_EQ(count, 100'000U);
}

TEST_F(AuditFoldingTest, LetsManyNamesFromOneAddressShareARowWithoutASubject) {
  std::size_t rows = 0;
  for (int i = 0; i < 10'000; ++i)
    rows += folding.add(audit_failure("user-" + std::to_string(i), now), now).has_value();
  EXPECT_EQ(rows, 17U) << "sixteen, and the first of the others";
  const auto rest = folding.take_all();
  ASSERT_EQ(rest.size(), 1U);
  EXPECT_EQ(rest[0].count, 10'000U - 17);
  EXPECT_EQ(rest[0].event.subject, "");
  EXPECT_EQ(rest[0].event.origin.address, "192.0.2.7");
}

TEST_F(AuditFoldingTest, LetsManyAddressesShareARowWithoutAnAddress) {
  std::size_t rows = 0;
  for (int i = 0; i < 10'000; ++i) {
    rows += folding.add(audit_failure("bob", now, "2001:db8::" + std::to_string(i)), now).has_value();
  }
  EXPECT_EQ(rows, 300U);
  EXPECT_LE(folding.size(), 301U);
  const auto rest = folding.take_all();
  ASSERT_EQ(rest.size(), 1U);
  EXPECT_EQ(rest[0].count, 9'700U);
  EXPECT_EQ(rest[0].event.origin.address, "");
}

TEST_F(AuditFoldingTest, BoundsTheRowsOfAWindowWhateverComes) {
  std::size_t rows = 0;
  constexpr int kMinutes = 5;
  for (int i = 0; i < kMinutes * 60 * 100; ++i) {
    now += std::chrono::milliseconds{10};
    const auto number = std::to_string(i);
    rows += folding.add(audit_failure("user-" + number, now, "192.0.2." + number), now).has_value();
    rows += folding.take_due(now).size();
  }
  EXPECT_LE(rows, kMinutes * (300U + 2)) << "of 30,000 failures";
  EXPECT_LE(folding.size(), 301U);
}

TEST_F(AuditFoldingTest, SurvivesAClockThatIsSetBack) {
  folding.add(audit_failure("bob", now), now);
  folding.add(audit_failure("bob", now), now);
  const auto earlier = now - std::chrono::hours{1};
  EXPECT_EQ(folding.take_due(earlier).size(), 1U);
  EXPECT_FALSE(folding.add(audit_failure("bob", earlier), earlier).has_value());
  EXPECT_EQ(folding.take_due(earlier + seconds{60}).size(), 1U);
}

TEST_F(AuditFoldingTest, LeavesNothingBehind) {
  rows_of("bob", 3);
  rows_of("carol", 2);
  rows_of("dave", 1);
  EXPECT_EQ(folding.take_all().size(), 2U);
  EXPECT_TRUE(folding.take_all().empty());
  EXPECT_EQ(folding.size(), 0U);
}

}  // namespace
}  // namespace cardea
