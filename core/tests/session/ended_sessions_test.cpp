#include <gtest/gtest.h>

#include <cardea/core/session/ended_sessions.hpp>
#include <cardea/core/token/token_signer.hpp>
#include <cardea/core/token/token_verifier.hpp>

#include "token/signed_text.hpp"

namespace cardea {
namespace {

using namespace std::chrono_literals;
using test::kNoon;

class EndedSessionsTest : public testing::Test {
 protected:
  VerifiedToken token_of(const std::optional<SessionId>& session, Instant issued_at = kNoon) {
    Claims claims;
    claims.subject = "alice";
    claims.issued_at = issued_at;
    claims.expires_at = issued_at + 30min;
    if (session) claims.session_id = session->text();
    return verifier.verify(TokenSigner{SigningKey{test::key_of()}}.sign(claims).value(), issued_at).value();
  }
  static EndedSession ended(const SessionId& id) {
    return {.id = id, .user = UserId{1}, .access_ends_at = kNoon + 30min};
  }

  TokenVerifier verifier{VerificationKeySet{VerificationKey{test::key_of()}}, TokenPolicy::tutorial()};
  const SessionId one = SessionId::random();
  const SessionId other = SessionId::random();
};

TEST_F(EndedSessionsTest, TakeBackTheTokensOfWhatHasEndedAndNoOthers) {
  EndedSessions sessions;
  EXPECT_FALSE(sessions.is_revoked(token_of(one)));
  sessions.add(std::vector{ended(one)}, kNoon);
  EXPECT_TRUE(sessions.is_revoked(token_of(one)));
  EXPECT_FALSE(sessions.is_revoked(token_of(other)));
  EXPECT_FALSE(sessions.is_revoked(token_of(std::nullopt)));
}

TEST_F(EndedSessionsTest, AreForgottenOnceTheirTokensHaveLongExpired) {
  EndedSessions sessions;
  sessions.add(std::vector{ended(one)}, kNoon);
  sessions.prune(kNoon + 30min + EndedSessions::kMargin - 1us);
  EXPECT_TRUE(sessions.is_revoked(token_of(one)));
  sessions.prune(kNoon + 30min + EndedSessions::kMargin);
  EXPECT_EQ(sessions.size(), 0U);
  EXPECT_FALSE(sessions.is_revoked(token_of(one)));
}

TEST_F(EndedSessionsTest, TooManyOfThemTakeBackEverySessionsTokenOfBefore) {
  EndedSessions sessions{2};
  sessions.add(std::vector{ended(one)}, kNoon);
  sessions.add(std::vector{ended(SessionId::random()), ended(SessionId::random())}, kNoon + 5s);
  EXPECT_EQ(sessions.size(), 2U);
  EXPECT_TRUE(sessions.is_revoked(token_of(one, kNoon)));
  EXPECT_TRUE(sessions.is_revoked(token_of(other, kNoon - 20min)));
  EXPECT_TRUE(sessions.is_revoked(token_of(other, kNoon)));
  EXPECT_FALSE(sessions.is_revoked(token_of(other, kNoon + 1s)));
  EXPECT_FALSE(sessions.is_revoked(token_of(std::nullopt, kNoon)));
}

TEST_F(EndedSessionsTest, CountOnceHoweverOftenTheyAreTold) {
  EndedSessions sessions{2};
  for (int i = 0; i < 5; ++i) sessions.add(std::vector{ended(one)}, kNoon);
  EXPECT_EQ(sessions.size(), 1U);
  EXPECT_FALSE(sessions.is_revoked(token_of(other, kNoon)));
}

}  // namespace
}  // namespace cardea
