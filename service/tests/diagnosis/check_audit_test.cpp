#include "diagnosis/check_audit.hpp"

#include <gtest/gtest.h>

namespace cardea::service {
namespace {

const Instant kNow = parse_instant("2026-01-01T12:00:00Z").value();

class CheckAudit : public testing::Test {
 protected:
  AuditHead head_at(std::uint64_t sequence) const { return {.sequence = sequence, .hash = std::string(64, 'a')}; }
  AuditState signed_at(std::uint64_t sequence, std::uint64_t end) const {
    return {.head = head_at(end),
            .checkpoint = signer.sign(AuditStatement::ends_here, head_at(sequence), kNow),
            .anchor = std::nullopt};
  }
  const AuditSigner signer{MasterKeys::generate()};
};

TEST_F(CheckAudit, IsContentWithWhatThisMasterKeySigned) {
  const auto finding = check_audit(signed_at(7, 9), signer);
  EXPECT_EQ(finding.verdict, Verdict::ok);
  EXPECT_TRUE(finding.what.starts_with("at row 9, signed up to row 7 at 2026-01-01T12:00:00Z")) << finding.what;
}

TEST_F(CheckAudit, IsContentWithALogThatIsNotSignedYet) {
  EXPECT_EQ(check_audit(AuditState{}, signer).verdict, Verdict::ok);
}

TEST_F(CheckAudit, FindsASignatureOfAnotherMasterKey) {
  EXPECT_EQ(check_audit(signed_at(7, 9), AuditSigner{MasterKeys::generate()}).verdict, Verdict::problem);
}

TEST_F(CheckAudit, FindsACheckpointThatWasChanged) {
  auto state = signed_at(7, 9);
  state.checkpoint->head.sequence = 8;
  EXPECT_EQ(check_audit(state, signer).verdict, Verdict::problem);
}

TEST_F(CheckAudit, FindsALogThatEndsBeforeWhatWasSigned) {
  EXPECT_EQ(check_audit(signed_at(7, 6), signer).verdict, Verdict::problem);
}

TEST_F(CheckAudit, TellsWhyItCannotBeRead) {
  EXPECT_EQ(check_audit(failure(ErrorCode::store_unavailable), signer).verdict, Verdict::problem);
  EXPECT_EQ(check_audit(signed_at(7, 9), failure(ErrorCode::master_key_unusable)).verdict, Verdict::problem);
}

}  // namespace
}  // namespace cardea::service
