#include <gtest/gtest.h>

#include <cardea/core/access/scope_authenticator.hpp>
#include <cardea/core/audit/memory_audit_sink.hpp>

#include "token/learning_keys.hpp"

namespace cardea {
namespace {

using test::kNoon;

const Origin kOrigin{"192.0.2.7", "request-1"};

class ScopeAuthenticatorTest : public testing::Test {
 protected:
  Result<Principal> authenticate(std::string_view claims) {
    const auto token = authenticator.verify(test::signed_text(test::kPlainHeader, claims), kOrigin, kNoon);
    return authenticator.principal_of(*token.value(), kOrigin, kNoon);
  }

  std::shared_ptr<test::LearningKeys> source = std::make_shared<test::LearningKeys>(test::keys_of({test::kSecret}));
  MemoryAuditSink audit;
  TokenVerifier verifier{source, TokenPolicy::tutorial()};
  ScopeAuthenticator authenticator{verifier, audit};
};

TEST_F(ScopeAuthenticatorTest, FindsTheSubjectAndThePermissionsOfTheScope) {
  const auto principal =
      authenticate(R"({"sub":"Report Robot 7","scope":"reports:read Mail posts:*","exp":1767270600})");
  EXPECT_EQ(principal->subject, "Report Robot 7");
  EXPECT_EQ(principal->permissions.to_scope(), "posts:* reports:read");
  EXPECT_TRUE(audit.events().empty());
}

TEST_F(ScopeAuthenticatorTest, FindsNoPermissionWithoutAScopeThatIsText) {
  for (const auto* claims : {R"({"sub":"robot","exp":1767270600})", R"({"sub":"robot","scope":"","exp":1767270600})",
                             R"({"sub":"robot","scope":["reports:read"],"exp":1767270600})",
                             R"({"sub":"robot","role":"admin","exp":1767270600})"}) {
    EXPECT_EQ(authenticate(claims)->subject, "robot") << claims;
    EXPECT_TRUE(authenticate(claims)->permissions.empty()) << claims;
  }
}

TEST_F(ScopeAuthenticatorTest, RefusesATokenWithoutSubject) {
  for (const auto* claims : {R"({"scope":"reports:read","exp":1767270600})", R"({"sub":"","exp":1767270600})"}) {
    EXPECT_EQ(authenticate(claims).error().code(), ErrorCode::token_subject_missing);
  }
  const auto events = audit.events();
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[0].action, AuditAction::token_refused);
  EXPECT_EQ(events[0].reason, ErrorCode::token_subject_missing);
  EXPECT_EQ(events[0].subject, "");
  EXPECT_EQ(events[0].origin.address, "192.0.2.7");
}

TEST_F(ScopeAuthenticatorTest, RefusesABadTokenAsOneEvent) {
  EXPECT_EQ(authenticator.verify("not a token", kOrigin, kNoon).error().code(), ErrorCode::token_invalid);
  ASSERT_EQ(audit.events().size(), 1U);
  EXPECT_EQ(audit.events()[0].reason, ErrorCode::token_malformed);
}

TEST_F(ScopeAuthenticatorTest, KnowsThePrincipalOfEveryVerifiedTokenNow) {
  const auto compact = test::signed_text(test::kPlainHeader, R"({"sub":"robot","scope":"a:b","exp":1767270600})");
  const auto token = authenticator.verify_now(compact, kOrigin, kNoon);
  const auto principal = authenticator.principal_known_now(*token->value(), kOrigin, kNoon);
  EXPECT_EQ(principal->value(), (Principal{"robot", PermissionSet::from_scope("a:b")}));
}

TEST_F(ScopeAuthenticatorTest, LearnsTheKeysOfItsIssuer) {
  source->will_learn(test::keys_of({test::kOtherSecret}));
  const auto compact = test::token_by(test::kOtherSecret, R"({"sub":"robot","exp":1767270600})");
  EXPECT_FALSE(authenticator.verify_now(compact, kOrigin, kNoon));
  EXPECT_TRUE(authenticator.verify(compact, kOrigin, kNoon));
  EXPECT_EQ(source->questions, 1);
}

}  // namespace
}  // namespace cardea
