#include <gtest/gtest.h>

#include <algorithm>

#include "audit/sample_audit.hpp"

namespace cardea {
namespace {

// Rows behind the one at `index` get other numbers and, as somebody would do who knows how, hashes that fit again.
void rechain(std::vector<AuditRecord>& records, std::size_t index) {
  for (; index < records.size(); ++index) {
    auto& record = records[index];
    if (index > 0) record.previous = records[index - 1].hash;
    if (index > 0) record.sequence = records[index - 1].sequence + 1;
    record.hash = hash_of(record);
  }
}

void expect_flaw(const std::vector<AuditRecord>& records, AuditFlawKind kind, std::uint64_t sequence,
                 std::string_view sentence) {
  const auto flaw = flaw_in(records);
  ASSERT_TRUE(flaw.has_value());
  EXPECT_EQ(name_of(flaw->kind), name_of(kind)) << flaw->sentence;
  EXPECT_EQ(flaw->sequence, sequence) << flaw->sentence;
  EXPECT_EQ(flaw->sentence, sentence);
}

TEST(AuditChain, IsWholeAsItWasWritten) {
  EXPECT_FALSE(flaw_in({}).has_value());
  const auto records = audit_chain(20);
  EXPECT_FALSE(flaw_in(records).has_value());
  EXPECT_EQ(records.front().previous, std::string(64, '0'));
  EXPECT_EQ(records.back().sequence, 20U);
}

TEST(AuditChain, GoesOnFromWhereItIsSaidToStart) {
  const auto records = audit_chain(20);
  const std::vector<AuditRecord> rest(records.begin() + 5, records.end());
  EXPECT_FALSE(flaw_in(rest, {5, records[4].hash}).has_value());
  EXPECT_EQ(flaw_in(rest, {5, records[3].hash})->kind, AuditFlawKind::inserted);
  EXPECT_EQ(flaw_in(rest)->sentence, "rows 1 to 5 are missing");
}

TEST(AuditChain, NamesTheFirstChangedRow) {
  auto records = audit_chain(20);
  records[4].subject = "mallory";
  records[7].subject = "mallory";
  expect_flaw(records, AuditFlawKind::changed, 5, "row 5 was changed");
}

TEST(AuditChain, NamesAChangedRowWhicheverColumnItIs) {
  const auto change = [](auto edit) {
    auto records = audit_chain(3);
    edit(records[1]);
    expect_flaw(records, AuditFlawKind::changed, 2, "row 2 was changed");
  };
  change([](AuditRecord& r) { r.at += std::chrono::seconds{1}; });
  change([](AuditRecord& r) { r.until += std::chrono::seconds{1}; });
  change([](AuditRecord& r) { r.count = 2; });
  change([](AuditRecord& r) { r.event = "login_failed"; });
  change([](AuditRecord& r) { r.reason = "user_disabled"; });
  change([](AuditRecord& r) { r.address.clear(); });
  change([](AuditRecord& r) { r.request_id.clear(); });
  change([](AuditRecord& r) { r.previous[5] ^= 1; });
  change([](AuditRecord& r) { r.hash.clear(); });
}

// Whose text is that of the time that was written.
TEST(AuditChain, TakesNoTimeBeyondTheCalendar) {
  auto records = audit_chain(3);
  records[1].at = records[1].until = Instant::max();
  records[1].hash = hash_of(records[1]);
  EXPECT_EQ(flaw_in(records)->kind, AuditFlawKind::changed);
  records[1].at = records[1].until = Instant{} - std::chrono::seconds{1};
  records[1].hash = hash_of(records[1]);
  EXPECT_EQ(flaw_in(records)->kind, AuditFlawKind::changed);
}

TEST(AuditChain, NamesRowsThatAreMissing) {
  auto records = audit_chain(20);
  records.erase(records.begin() + 6);
  expect_flaw(records, AuditFlawKind::missing, 7, "row 7 is missing");
  records.erase(records.begin() + 6, records.begin() + 8);
  expect_flaw(records, AuditFlawKind::missing, 7, "rows 7 to 9 are missing");
  records.erase(records.begin());
  expect_flaw(records, AuditFlawKind::missing, 1, "row 1 is missing");
}

TEST(AuditChain, NamesRowsThatHaveChangedPlaces) {
  auto records = audit_chain(20);
  std::swap(records[3], records[9]);
  std::swap(records[3].sequence, records[9].sequence);
  expect_flaw(records, AuditFlawKind::moved, 4,
              "row 4 was written as row 10: rows were put in another order, inserted before it or taken away");
}

TEST(AuditChain, NamesTheRowBehindAGapThatWasClosed) {
  auto records = audit_chain(20);
  records.erase(records.begin() + 6);
  for (std::size_t index = 6; index < records.size(); ++index) --records[index].sequence;
  const auto flaw = flaw_in(records);
  EXPECT_EQ(flaw->kind, AuditFlawKind::moved);
  EXPECT_EQ(flaw->sequence, 7U);
}

TEST(AuditChain, NamesARowThatWasInserted) {
  auto records = audit_chain(20);
  auto forged = record_after({6, records[5].hash}, FoldedEvent::of(audit_success("mallory")));
  records.insert(records.begin() + 6, forged);
  expect_flaw(records, AuditFlawKind::inserted, 7, "row 7 stands there more than once");
  for (std::size_t index = 7; index < records.size(); ++index) ++records[index].sequence;
  const auto flaw = flaw_in(records);
  EXPECT_EQ(flaw->kind, AuditFlawKind::moved);
  EXPECT_EQ(flaw->sequence, 8U) << "the row behind the one that was inserted";
}

TEST(AuditChain, NamesARowThatWasChangedWithItsHash) {
  auto records = audit_chain(20);
  records[4].subject = "mallory";
  records[4].hash = hash_of(records[4]);
  expect_flaw(records, AuditFlawKind::inserted, 6,
              "row 6 does not follow the one before it: one of the two was replaced");
}

// Which is why where it ends is signed.
TEST(AuditChain, CannotTellAChainThatWasWrittenAnewToItsEnd) {
  auto records = audit_chain(20);
  const auto end = records.back().hash;
  records[4].subject = "mallory";
  rechain(records, 4);
  EXPECT_FALSE(flaw_in(records).has_value());
  EXPECT_NE(records.back().hash, end);
}

}  // namespace
}  // namespace cardea
