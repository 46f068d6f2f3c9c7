#include <gtest/gtest.h>

#include <cardea/core/access/audited_token_verifier.hpp>
#include <cardea/core/audit/memory_audit_sink.hpp>

#include "token/learning_keys.hpp"

namespace cardea {
namespace {

using test::keys_of;
using test::kNoon;
using test::kOtherSecret;
using test::LearningKeys;
using test::signed_text;
using test::token_by;

const Origin kOrigin{"192.0.2.7", "request-1"};
constexpr std::string_view kClaims = R"({"sub":"alice","exp":1767270600})";

class AuditedTokenVerifierTest : public testing::Test {
 protected:
  auto verify_now(std::string_view compact) { return verifier.verify_now(compact, kOrigin, kNoon); }
  auto verify(std::string_view compact) { return verifier.verify(compact, kOrigin, kNoon); }
  std::string ours = token_by(test::kSecret, kClaims);
  std::string theirs = token_by(kOtherSecret, kClaims);

  std::shared_ptr<LearningKeys> source = std::make_shared<LearningKeys>(keys_of({test::kSecret}));
  MemoryAuditSink audit;
  TokenVerifier plain{source, TokenPolicy::tutorial()};
  AuditedTokenVerifier verifier{plain, audit};
};

TEST_F(AuditedTokenVerifierTest, AsksNobodyAboutATokenWhoseKeyIsKnown) {
  source->will_learn(keys_of({kOtherSecret}));
  EXPECT_TRUE(verify_now(ours).value());
  EXPECT_TRUE(verify(ours));
  EXPECT_EQ(source->questions, 0);
  EXPECT_TRUE(audit.events().empty());
}

TEST_F(AuditedTokenVerifierTest, SaysNothingYetAboutATokenWhoseKeyMayBeLearned) {
  source->will_learn(keys_of({kOtherSecret}));
  EXPECT_FALSE(verify_now(theirs));
  EXPECT_EQ(source->questions, 0);
  EXPECT_TRUE(audit.events().empty());
}

TEST_F(AuditedTokenVerifierTest, LearnsTheKeyOnceAndThenKnowsIt) {
  source->will_learn(keys_of({test::kSecret, kOtherSecret}));
  EXPECT_EQ(verify(theirs).value()->claims().subject, "alice");
  EXPECT_TRUE(verify(theirs));
  EXPECT_TRUE(verify_now(theirs).value());
  EXPECT_EQ(source->questions, 1);
  EXPECT_TRUE(audit.events().empty());
}

TEST_F(AuditedTokenVerifierTest, RefusesATokenWhoseKeyTheSourceDoesNotHaveEither) {
  source->will_learn(keys_of({test::kSecret}));
  EXPECT_EQ(verify(theirs).error().code(), ErrorCode::token_invalid);
  ASSERT_EQ(audit.events().size(), 1U);
  EXPECT_EQ(audit.events()[0].reason, ErrorCode::token_key_unknown);
}

TEST_F(AuditedTokenVerifierTest, DoesNotLearnForTheSakeOfATokenThatIsWrongAnyhow) {
  source->will_learn(keys_of({kOtherSecret}));
  const auto forged = ours.substr(0, ours.rfind('.')) + theirs.substr(theirs.rfind('.'));
  for (const auto& token : {std::string("garbage"), forged, signed_text(R"({"alg":"none"})", kClaims)}) {
    EXPECT_EQ(verify_now(token).value().error().code(), ErrorCode::token_invalid) << token;
    EXPECT_EQ(verify(token).error().code(), ErrorCode::token_invalid) << token;
  }
  EXPECT_EQ(source->questions, 0);
  EXPECT_EQ(audit.events().size(), 6U);
}

TEST_F(AuditedTokenVerifierTest, RefusesAtOnceWhenNothingMayBeLearned) {
  EXPECT_EQ(verify_now(theirs).value().error().code(), ErrorCode::token_invalid);
  EXPECT_EQ(verify(theirs).error().code(), ErrorCode::token_invalid);
  EXPECT_EQ(source->questions, 0);
  const auto events = audit.events();
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[0].at, kNoon);
  EXPECT_EQ(events[0].action, AuditAction::token_refused);
  EXPECT_EQ(events[0].subject, "") << "an unverified claim in the audit";
  EXPECT_EQ(events[0].origin.request_id, "request-1");
  EXPECT_EQ(events[0].reason, ErrorCode::token_key_unknown);
}

TEST_F(AuditedTokenVerifierTest, AcceptsATokenWhoseKeyAnotherThreadLearnedAMomentAgo) {
  source->is_learned_by_another(keys_of({kOtherSecret}));
  EXPECT_TRUE(verify_now(theirs).value());
  EXPECT_TRUE(audit.events().empty());
}

TEST_F(AuditedTokenVerifierTest, RefusesAnUnknownKeyWhileTheSourceIsDownButOtherKeysAreKnown) {
  source->is_down = true;
  EXPECT_FALSE(verify_now(theirs));
  EXPECT_EQ(verify(theirs).error().code(), ErrorCode::token_invalid);
  EXPECT_EQ(source->questions, 1);
  ASSERT_EQ(audit.events().size(), 1U);
  EXPECT_EQ(audit.events()[0].reason, ErrorCode::token_key_unknown);
  EXPECT_TRUE(verify_now(ours).value());
}

TEST_F(AuditedTokenVerifierTest, PassesOnThatTheSourceIsDownWhenNoKeyIsKnownAndCallsItNoRefusal) {
  source->set(keys_of({}));
  source->is_down = true;
  const auto refused = verify(ours);
  EXPECT_EQ(refused.error().code(), ErrorCode::key_set_unavailable);
  EXPECT_EQ(refused.error().private_text(), "the issuer does not answer");
  EXPECT_TRUE(audit.events().empty());
}

TEST_F(AuditedTokenVerifierTest, BlamesNoTokenWhileThereIsNoKeyAndNothingMayBeLearned) {
  source->set(keys_of({}));
  EXPECT_EQ(verify_now(ours).value().error().code(), ErrorCode::key_set_unavailable);
  EXPECT_EQ(verify(ours).error().code(), ErrorCode::key_set_unavailable);
  EXPECT_TRUE(audit.events().empty());
  EXPECT_EQ(verify_now("garbage").value().error().code(), ErrorCode::token_invalid);
}

TEST_F(AuditedTokenVerifierTest, RecordsAVerifiedTokenThatIsRefusedUnderItsSubject) {
  verifier.record_refusal(**verify(ours), ErrorCode::user_not_found, kOrigin, kNoon);
  ASSERT_EQ(audit.events().size(), 1U);
  EXPECT_EQ(audit.events()[0].subject, "alice");
  EXPECT_EQ(audit.events()[0].reason, ErrorCode::user_not_found);
}

}  // namespace
}  // namespace cardea
