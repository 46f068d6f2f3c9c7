#include <cardea/core/audit/audit_log.hpp>

#include <gtest/gtest.h>

#include <cardea/core/audit/audit_verification.hpp>
#include <cardea/core/audit/memory_audit_store.hpp>

#include "audit/sample_audit.hpp"

namespace cardea {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

class AuditLogTest : public testing::Test {
 protected:
  static void add(AuditLog& log, int count, Instant at = audit_noon()) {
    for (int i = 0; i < count; ++i) {
      const auto event = FoldedEvent::of(audit_success("alice", at));
      ASSERT_TRUE(log.append({&event, 1}, at).has_value());
    }
  }
  std::optional<AuditFlaw> flaw(const std::optional<AuditCheckpoint>& kept = std::nullopt) {
    return verify_audit(store, signer, kept).value().flaw;
  }
  // What somebody makes of the database who has it and not the master key: the same rows but for one, chained anew.
  void forge(MemoryAuditStore& into, const AuditSigner& as) {
    auto records = store.read(0, 1000).value();
    AuditHead head;
    for (auto& record : records) {
      if (record.sequence == 2) record.subject = "mallory";
      record.previous = head.hash;
      record.hash = hash_of(record);
      head = {record.sequence, record.hash};
    }
    ASSERT_TRUE(into.append({}, records, as.sign(AuditStatement::ends_here, head, audit_noon())).value());
  }

  const AuditSigner signer{audit_master_keys()};
  MemoryAuditStore store;
  AuditLog log{store, signer};
};

TEST_F(AuditLogTest, SignsWithEveryAppend) {
  add(log, 3);
  const auto state = store.state().value();
  EXPECT_EQ(state.checkpoint->head, state.head);
  EXPECT_EQ(state.head.sequence, 3U);
  const auto verdict = verify_audit(store, signer).value();
  EXPECT_FALSE(verdict.flaw.has_value());
  EXPECT_EQ(verdict.rows, 3U);
  EXPECT_EQ(verdict.end, state.head);
}

TEST_F(AuditLogTest, FindsAnEmptyLogThatWasSignedWhole) {
  ASSERT_TRUE(log.sign(audit_noon()).has_value());
  EXPECT_FALSE(flaw().has_value());
}

TEST_F(AuditLogTest, SaysThatNothingIsSignedYet) {
  AuditLog without_key{store, std::nullopt};
  add(without_key, 2);
  EXPECT_EQ(flaw()->kind, AuditFlawKind::checkpoint_missing);
  EXPECT_EQ(without_key.sign(audit_noon()).error().code(), ErrorCode::key_not_found);
}

TEST_F(AuditLogTest, SignsRowsOfAProcessWithoutTheKeyLater) {
  AuditLog without_key{store, std::nullopt};
  add(log, 2);
  add(without_key, 3);
  auto verdict = verify_audit(store, signer).value();
  EXPECT_FALSE(verdict.flaw.has_value());
  EXPECT_EQ(verdict.unsigned_rows(), 3U);
  add(log, 1);
  verdict = verify_audit(store, signer).value();
  EXPECT_FALSE(verdict.flaw.has_value());
  EXPECT_EQ(verdict.unsigned_rows(), 0U);
}

TEST_F(AuditLogTest, FindsATailThatIsCutOffThoughTheEndWasMovedToo) {
  add(log, 5);
  const auto records = store.read(0, 3).value();
  MemoryAuditStore cut;
  ASSERT_TRUE(cut.append({}, records, store.state().value().checkpoint).value());
  const auto verdict = verify_audit(cut, signer).value();
  EXPECT_EQ(verdict.flaw->kind, AuditFlawKind::cut_off);
  EXPECT_EQ(verdict.flaw->sentence,
            "rows 4 to 5 are missing at the end: the checkpoint of 2026-01-01T12:00:00Z has signed them");
}

TEST_F(AuditLogTest, FindsALogThatWasWrittenAnewUnderAnotherKey) {
  add(log, 5);
  MemoryAuditStore forged;
  forge(forged, AuditSigner{MasterKeys::generate()});
  EXPECT_EQ(verify_audit(forged, signer).value().flaw->kind, AuditFlawKind::checkpoint_not_ours);
}

TEST_F(AuditLogTest, FindsALogThatWasWrittenAnewBeforeItsCheckpoint) {
  add(log, 5);
  auto records = store.read(0, 1000).value();
  const auto checkpoint = store.state().value().checkpoint;
  MemoryAuditStore forged;
  AuditHead head;
  for (auto& record : records) {
    record.subject = "mallory";
    record.previous = head.hash;
    record.hash = hash_of(record);
    head = {record.sequence, record.hash};
  }
  ASSERT_TRUE(forged.append({}, records, checkpoint).value());
  const auto found = verify_audit(forged, signer).value().flaw;
  EXPECT_EQ(found->kind, AuditFlawKind::replaced);
  EXPECT_EQ(found->sequence, 5U);
}

TEST_F(AuditLogTest, FindsAnOlderCopyOfTheLogByACheckpointThatWasKept) {
  add(log, 3);
  MemoryAuditStore copy;
  ASSERT_TRUE(copy.append({}, store.read(0, 10).value(), store.state().value().checkpoint).value());
  add(log, 2);
  const auto kept = log.sign(audit_noon() + hours{1}).value();
  EXPECT_FALSE(flaw(kept).has_value());
  EXPECT_FALSE(verify_audit(copy, signer).value().flaw.has_value());
  EXPECT_EQ(verify_audit(copy, signer, kept).value().flaw->sentence,
            "rows 4 to 5 are missing at the end: the kept checkpoint of 2026-01-01T13:00:00Z has signed them");
  const AuditSigner stranger{MasterKeys::generate()};
  EXPECT_EQ(flaw(stranger.sign(AuditStatement::ends_here, kept.head, audit_noon()))->kind,
            AuditFlawKind::checkpoint_not_ours);
}

TEST_F(AuditLogTest, DoesNotSignWhatSomebodyHasPutInThePlaceOfItsRows) {
  add(log, 5);
  MemoryAuditStore forged;
  forge(forged, AuditSigner{MasterKeys::generate()});
  AuditLog restarted{forged, signer};
  add(restarted, 1);
  EXPECT_EQ(restarted.objection(), "the checkpoint of the audit log was changed, or signed under another master key");
  EXPECT_EQ(restarted.sign(audit_noon()).error().code(), ErrorCode::store_corrupt);
  EXPECT_EQ(verify_audit(forged, signer).value().flaw->kind, AuditFlawKind::checkpoint_not_ours);
  EXPECT_EQ(forged.state().value().head.sequence, 6U) << "events are written all the same";
}

// The last row and the end are written anew, as a writer without the key would write them.
TEST_F(AuditLogTest, DoesNotSignOnAfterItsOwnLastRowWasReplaced) {
  add(log, 3);
  auto records = store.read(0, 10).value();
  const auto checkpoint = store.state().value().checkpoint;
  records[2].subject = "mallory";
  records[2].hash = hash_of(records[2]);
  MemoryAuditStore replaced;
  ASSERT_TRUE(replaced.append({}, records, checkpoint).value());
  AuditLog restarted{replaced, signer};
  add(restarted, 1);
  EXPECT_EQ(restarted.objection(), "the audit log does not end with the row that it goes on from");
  EXPECT_EQ(replaced.state().value().checkpoint, checkpoint);
  EXPECT_EQ(verify_audit(replaced, signer).value().flaw->kind, AuditFlawKind::replaced);
}

TEST_F(AuditLogTest, PrunesOldRowsAndStaysProvable) {
  add(log, 5);
  add(log, 3, audit_noon() + hours{24});
  const auto later = audit_noon() + hours{25};
  EXPECT_EQ(log.prune(audit_noon() + hours{1}, 2, later).value(), 2U);
  EXPECT_EQ(log.prune(audit_noon() + hours{1}, 100, later).value(), 3U);
  EXPECT_EQ(log.prune(audit_noon() + hours{1}, 100, later).value(), 0U);
  const auto verdict = verify_audit(store, signer).value();
  EXPECT_FALSE(verdict.flaw.has_value());
  EXPECT_EQ(verdict.start.sequence, 5U);
  EXPECT_EQ(verdict.rows, 3U);
  add(log, 1, later);
  EXPECT_FALSE(flaw().has_value());
  AuditLog restarted{store, signer};
  add(restarted, 1, later);
  EXPECT_EQ(restarted.objection(), "");
  EXPECT_FALSE(flaw().has_value());
}

TEST_F(AuditLogTest, PrunesNothingBehindARowThatIsKept) {
  add(log, 1);
  add(log, 1, audit_noon() + hours{2});
  add(log, 1);  // by the clock of another node
  EXPECT_EQ(log.prune(audit_noon() + hours{1}, 100, audit_noon() + hours{3}).value(), 1U);
  EXPECT_EQ(store.read(0, 10).value().size(), 2U);
}

TEST_F(AuditLogTest, PrunesAllRowsAndGoesOn) {
  add(log, 4);
  EXPECT_EQ(log.prune(audit_noon() + seconds{1}, 100, audit_noon() + hours{1}).value(), 4U);
  EXPECT_FALSE(flaw().has_value());
  AuditLog restarted{store, signer};
  add(restarted, 2, audit_noon() + hours{2});
  EXPECT_FALSE(flaw().has_value());
  EXPECT_EQ(restarted.objection(), "");
}

TEST_F(AuditLogTest, DoesNotTakeAnAnchorOfSomebodyElse) {
  add(log, 5);
  const auto records = store.read(0, 10).value();
  const AuditSigner stranger{MasterKeys::generate()};
  ASSERT_TRUE(store.prune(stranger.sign(AuditStatement::starts_here, {2, records[1].hash}, audit_noon())).value());
  const auto found = flaw();
  EXPECT_EQ(found->kind, AuditFlawKind::checkpoint_not_ours);
  EXPECT_TRUE(found->sentence.starts_with("the anchor, which says that rows up to 2 were pruned,")) << found->sentence;
  EXPECT_EQ(log.prune(audit_noon() + hours{1}, 100, audit_noon()).error().code(), ErrorCode::store_corrupt);
}

TEST_F(AuditLogTest, DoesNotPruneRowsThatWereChanged) {
  auto records = audit_chain(4);
  records[1].subject = "mallory";
  ASSERT_TRUE(
      store.append({}, records, signer.sign(AuditStatement::ends_here, audit_head_of(records), audit_noon())).value());
  EXPECT_EQ(log.prune(audit_noon() + hours{1}, 100, audit_noon()).error().private_text(), "row 2 was changed");
  EXPECT_EQ(store.read(0, 10).value().size(), 4U);
}

TEST_F(AuditLogTest, GoesOnUnderAnotherMasterKey) {
  add(log, 4);
  ASSERT_EQ(log.prune(audit_noon() + seconds{1}, 2, audit_noon()).value(), 2U);
  const AuditSigner other{MasterKeys::generate()};
  ASSERT_TRUE(log.replace_signer(other, audit_noon()).has_value());
  EXPECT_FALSE(verify_audit(store, other).value().flaw.has_value());
  EXPECT_TRUE(flaw().has_value());
  add(log, 1);
  EXPECT_FALSE(verify_audit(store, other).value().flaw.has_value());
  EXPECT_EQ(log.objection(), "");
}

TEST_F(AuditLogTest, SignsNothingAgainThatItHadNotSigned) {
  add(log, 4);
  const AuditSigner stranger{MasterKeys::generate()}, other{MasterKeys::generate()};
  ASSERT_TRUE(sign_again(store, stranger, other, audit_noon()).value());
  EXPECT_FALSE(flaw().has_value());
  EXPECT_TRUE(verify_audit(store, other).value().flaw.has_value());
}

}  // namespace
}  // namespace cardea
