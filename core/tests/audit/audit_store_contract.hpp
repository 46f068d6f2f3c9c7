// What every AuditStore does, sentence by sentence of cardea/core/audit/audit_store.hpp.
//
// A store's test defines a type with an `AuditStore& store()` over an empty store of its own, and writes
//   INSTANTIATE_TYPED_TEST_SUITE_P(Memory, AuditStoreContract, MemoryAuditStores);
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cardea/core/audit/audit_log.hpp>
#include <cardea/core/audit/audit_verification.hpp>
#include <latch>
#include <string>
#include <thread>
#include <vector>

#include "audit/sample_audit.hpp"

namespace cardea {

template <class Stores>
class AuditStoreContract : public testing::Test {
 protected:
  AuditStore& store() { return stores_.store(); }

  AuditHead head() { return store().state().value().head; }
  std::vector<AuditRecord> all() { return store().read(0, 10'000).value(); }
  void append(const std::vector<AuditRecord>& records) {
    ASSERT_TRUE(store().append(head(), records, std::nullopt).value());
  }
  AuditRecord next(AuditEvent event) { return record_after(head(), FoldedEvent::of(std::move(event))); }
  AuditCheckpoint checkpoint(const AuditRecord& record) const {
    return signer.sign(AuditStatement::ends_here, {record.sequence, record.hash}, audit_noon());
  }
  AuditCheckpoint anchor(const AuditRecord& record) const {
    return signer.sign(AuditStatement::starts_here, {record.sequence, record.hash}, audit_noon());
  }
  std::vector<std::uint64_t> sequences(const AuditFilter& filter, std::optional<std::uint64_t> before = std::nullopt,
                                       std::size_t limit = 100) {
    std::vector<std::uint64_t> found;
    const auto page = store().page(filter, before, limit).value();
    for (const auto& record : page.records) found.push_back(record.sequence);
    return found;
  }

  const AuditSigner signer{audit_master_keys()};

 private:
  Stores stores_;
};

TYPED_TEST_SUITE_P(AuditStoreContract);

TYPED_TEST_P(AuditStoreContract, StartsEmpty) {
  const auto state = this->store().state().value();
  EXPECT_EQ(state.head, AuditHead{});
  EXPECT_FALSE(state.checkpoint.has_value());
  EXPECT_FALSE(state.anchor.has_value());
  EXPECT_TRUE(this->all().empty());
  const auto page = this->store().page({}, std::nullopt, 10).value();
  EXPECT_TRUE(page.records.empty());
  EXPECT_FALSE(page.next.has_value());
}

TYPED_TEST_P(AuditStoreContract, ReadsRowsAsTheyWereWritten) {
  auto records = audit_chain(3);
  records.push_back(
      record_after(audit_head_of(records), {.event = audit_failure("\"\\\n\x1B \xC3\xA9 'quoted' :name", audit_noon()),
                                            .count = 4'000'000'000,
                                            .until = audit_noon() + std::chrono::microseconds{1}}));
  this->append(records);
  EXPECT_EQ(this->all(), records);
  EXPECT_EQ(this->head(), audit_head_of(records));
  EXPECT_EQ(this->store().read(1, 2).value(), (std::vector{records[1], records[2]}));
  EXPECT_TRUE(this->store().read(4, 10).value().empty());
}

TYPED_TEST_P(AuditStoreContract, AppendsOnlyBehindTheEnd) {
  const auto records = audit_chain(4);
  this->append({records[0], records[1]});
  EXPECT_FALSE(this->store().append({}, std::vector{records[0]}, std::nullopt).value());
  EXPECT_FALSE(this->store().append({1, records[0].hash}, std::vector{records[1]}, std::nullopt).value());
  EXPECT_FALSE(this->store().append({2, records[0].hash}, std::vector{records[2]}, std::nullopt).value());
  EXPECT_FALSE(this->store().append({}, {}, this->checkpoint(records[1])).value());
  EXPECT_FALSE(this->store().state().value().checkpoint.has_value());
  EXPECT_EQ(this->all().size(), 2U);
  EXPECT_TRUE(this->store().append({2, records[1].hash}, std::vector{records[2]}, std::nullopt).value());
}

TYPED_TEST_P(AuditStoreContract, KeepsTheLastCheckpoint) {
  const auto records = audit_chain(3);
  EXPECT_TRUE(this->store().append({}, std::vector{records[0]}, this->checkpoint(records[0])).value());
  EXPECT_EQ(this->store().state().value().checkpoint, this->checkpoint(records[0]));
  EXPECT_TRUE(this->store().append(this->head(), std::vector{records[1]}, std::nullopt).value());
  EXPECT_EQ(this->store().state().value().checkpoint, this->checkpoint(records[0]));
  EXPECT_TRUE(this->store().append(this->head(), {}, this->checkpoint(records[1])).value());
  EXPECT_EQ(this->store().state().value().checkpoint, this->checkpoint(records[1]));
  EXPECT_EQ(this->head().sequence, 2U);
}

TYPED_TEST_P(AuditStoreContract, PagesFromTheLastRowOn) {
  this->append(audit_chain(5));
  auto page = this->store().page({}, std::nullopt, 2).value();
  EXPECT_EQ(this->sequences({}, std::nullopt, 2), (std::vector<std::uint64_t>{5, 4}));
  EXPECT_EQ(page.next, 4U);
  page = this->store().page({}, page.next, 2).value();
  EXPECT_EQ(page.records.front().sequence, 3U);
  EXPECT_EQ(page.next, 2U);
  page = this->store().page({}, page.next, 2).value();
  EXPECT_EQ(page.records.size(), 1U);
  EXPECT_FALSE(page.next.has_value());
  EXPECT_FALSE(this->store().page({}, std::nullopt, 5).value().next.has_value());
  EXPECT_TRUE(this->sequences({}, 1).empty());
}

TYPED_TEST_P(AuditStoreContract, FindsByEachMemberOfAFilterAndByAll) {
  using std::chrono::seconds;
  const auto noon = audit_noon();
  this->append({this->next(audit_success("alice", noon))});
  this->append({this->next(audit_failure("bob", noon + seconds{10}, "192.0.2.8"))});
  this->append({record_after(
      this->head(), {.event = audit_failure("alice", noon + seconds{20}), .count = 9, .until = noon + seconds{50}})});
  this->append({this->next(audit_success("bob", noon + seconds{30}, AuditAction::user_disabled))});
  using Found = std::vector<std::uint64_t>;
  AuditFilter filter;
  filter.subject = "alice";
  EXPECT_EQ(this->sequences(filter), (Found{3, 1}));
  filter.outcome = AuditOutcome::refused;
  EXPECT_EQ(this->sequences(filter), Found{3});
  filter = {};
  filter.outcome = AuditOutcome::done;
  EXPECT_EQ(this->sequences(filter), (Found{4, 1}));
  filter = {};
  filter.address = "192.0.2.8";
  EXPECT_EQ(this->sequences(filter), Found{2});
  filter = {};
  filter.event = "login_failed";
  EXPECT_EQ(this->sequences(filter), (Found{3, 2}));
  EXPECT_EQ(this->sequences(filter, 3), Found{2});
  filter = {};
  filter.since = noon + seconds{30};
  EXPECT_EQ(this->sequences(filter), (Found{4, 3})) << "a row counts until its last event";
  filter.since = noon + seconds{51};
  EXPECT_TRUE(this->sequences(filter).empty());
  filter = {};
  filter.until = noon + seconds{20};
  EXPECT_EQ(this->sequences(filter), (Found{2, 1}));
  filter.since = noon + seconds{1};
  EXPECT_EQ(this->sequences(filter), Found{2});
  filter = {};
  filter.subject = "' OR 1 = 1 --";
  EXPECT_TRUE(this->sequences(filter).empty());
}

TYPED_TEST_P(AuditStoreContract, PrunesUpToAnAnchor) {
  const auto records = audit_chain(5);
  this->append(records);
  EXPECT_TRUE(this->store().prune(this->anchor(records[1])).value());
  EXPECT_EQ(this->all().front().sequence, 3U);
  EXPECT_EQ(this->store().state().value().anchor, this->anchor(records[1]));
  EXPECT_FALSE(this->store().prune(this->anchor(records[1])).value());
  EXPECT_FALSE(this->store().prune(this->anchor(records[0])).value());
  EXPECT_TRUE(this->store().prune(this->anchor(records[4])).value());
  EXPECT_TRUE(this->all().empty());
  EXPECT_EQ(this->head(), audit_head_of(records));
  this->append({this->next(audit_success("alice"))});
  EXPECT_EQ(this->all().front().sequence, 6U);
}

TYPED_TEST_P(AuditStoreContract, ReplacesSignaturesThatAreStillThere) {
  const auto records = audit_chain(3);
  EXPECT_TRUE(this->store().append({}, records, this->checkpoint(records[2])).value());
  const auto before = this->store().state().value();
  const AuditSigner other{MasterKeys::generate()};
  const auto again = other.sign(AuditStatement::ends_here, before.head, audit_noon());
  EXPECT_TRUE(this->store().replace_signatures(before, again, std::nullopt).value());
  EXPECT_EQ(this->store().state().value().checkpoint, again);
  EXPECT_FALSE(this->store().replace_signatures(before, before.checkpoint, std::nullopt).value());
  EXPECT_EQ(this->store().state().value().checkpoint, again);
}

TYPED_TEST_P(AuditStoreContract, MakesOneChainOfWhatManyWriteAtOnce) {
  constexpr int kThreads = 4, kEach = 25;
  std::latch start{kThreads};
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      AuditLog log{this->store(), this->signer};
      start.arrive_and_wait();
      for (int i = 0; i < kEach; ++i) {
        const auto event = FoldedEvent::of(audit_success("thread-" + std::to_string(thread)));
        EXPECT_TRUE(log.append({&event, 1}, audit_noon()).has_value());
      }
      EXPECT_EQ(log.objection(), "");
    });
  }
  threads.clear();
  const auto verdict = verify_audit(this->store(), this->signer).value();
  EXPECT_FALSE(verdict.flaw.has_value()) << verdict.flaw->sentence;
  EXPECT_EQ(verdict.rows, kThreads * kEach);
  EXPECT_EQ(verdict.unsigned_rows(), 0U);
}

REGISTER_TYPED_TEST_SUITE_P(AuditStoreContract, StartsEmpty, ReadsRowsAsTheyWereWritten, AppendsOnlyBehindTheEnd,
                            KeepsTheLastCheckpoint, PagesFromTheLastRowOn, FindsByEachMemberOfAFilterAndByAll,
                            PrunesUpToAnAnchor, ReplacesSignaturesThatAreStillThere,
                            MakesOneChainOfWhatManyWriteAtOnce);

}  // namespace cardea
