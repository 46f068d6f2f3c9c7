#include <gtest/gtest.h>

#include <cardea/core/account/memory_user_store.hpp>
#include <cardea/core/account/token_authenticator.hpp>
#include <cardea/core/audit/memory_audit_sink.hpp>
#include <cardea/core/session/memory_session_store.hpp>
#include <cardea/core/session/session_issuer.hpp>
#include <latch>
#include <map>
#include <random>
#include <set>
#include <thread>

#include "token/signed_text.hpp"

namespace cardea {
namespace {

using namespace std::chrono_literals;
using test::kNoon;

class SessionIssuerTest : public testing::Test {
 protected:
  User add_user(std::string_view name) {
    return users.add({Username::parse(name).value(), Role::parse("user").value(), PasswordHash{"x"}}, kNoon).value();
  }
  TokenPair started(Instant now = kNoon) { return issuer.start(alice, client, now).value(); }
  Result<TokenPair> refresh(const Secret& token, Instant now) { return refresh(token.expose(), now); }
  Result<TokenPair> refresh(std::string_view token, Instant now) { return issuer.refresh(token, client, origin, now); }
  ErrorCode refusal(const Secret& token, Instant now) { return refresh(token, now).error().code(); }

  // What a request with this access token is told.
  std::string answer_to(const AccessToken& token, Instant now) {
    const auto verified = authenticator.verify(token.token, origin, now);
    if (!verified) return std::string(name_of(verified.error().code()));
    const auto user = authenticator.user_of(**verified, origin, now);
    return user ? std::string(user->username.text()) : std::string(name_of(user.error().code()));
  }
  std::vector<std::string> recorded() const {
    std::vector<std::string> lines;
    const auto events = audit.events();
    for (const auto& event : events) {
      std::string line{name_of(event.action)};
      if (event.reason) line += ' ' + std::string(name_of(*event.reason));
      if (!event.subject.empty()) line += ' ' + event.subject;
      lines.push_back(line);
    }
    return lines;
  }

  const Origin origin{"192.0.2.7", "request-1"};
  const ClientTrace client{.address = "192.0.2.7", .user_agent = "Firefox"};
  MemoryUserStore users;
  MemorySessionStore store;
  MemoryAuditSink audit;
  EndedSessions ended;
  const User alice = add_user("alice");
  AccessTokenIssuer access_tokens{TokenSigner{SigningKey{test::key_of()}}, 30min};
  SessionAdministration administration{store, ended, audit};
  SessionIssuer issuer{store, users, access_tokens, administration, audit};
  TokenVerifier verifier{VerificationKeySet{VerificationKey{test::key_of()}}, TokenPolicy::tutorial()};
  TokenAuthenticator authenticator{verifier, users, audit, RolePermissions::administrators_may_everything(), &ended};
};

TEST_F(SessionIssuerTest, StartsWithATokenOfTheSessionAndOneToRefreshIt) {
  const auto pair = started();
  const auto claims = verifier.verify(pair.access.token, kNoon).value().claims();
  EXPECT_EQ(claims.session_id, pair.session.text());
  EXPECT_EQ(claims.subject, "alice");
  EXPECT_EQ(pair.access.expires_in, 30min);
  EXPECT_EQ(pair.refresh_expires_in, 14 * 24h);
  const auto session = store.find(pair.session).value().value();
  EXPECT_EQ(session.client, client);
  EXPECT_EQ(session.created_at, kNoon);
}

TEST_F(SessionIssuerTest, ARefreshTokenIsNoBearerToken) {
  EXPECT_EQ(answer_to({std::string(started().refresh_token.expose()), 30min}, kNoon), "token_invalid");
}

TEST_F(SessionIssuerTest, EachRefreshGivesANewPairOfTheSameSession) {
  const auto first = started();
  const auto second = refresh(first.refresh_token, kNoon + 29min).value();
  EXPECT_NE(second.refresh_token.expose(), first.refresh_token.expose());
  EXPECT_EQ(second.session, first.session);
  EXPECT_EQ(answer_to(second.access, kNoon + 58min), "alice");
  EXPECT_EQ(recorded(), std::vector<std::string>{"session_refreshed alice"});
}

TEST_F(SessionIssuerTest, ALostReplyIsAnsweredAgainWithTheSameSuccessor) {
  const auto first = started();
  const auto second = refresh(first.refresh_token, kNoon + 1h).value();
  const auto again = refresh(first.refresh_token, kNoon + 1h + 10s - 1us).value();
  EXPECT_EQ(again.refresh_token.expose(), second.refresh_token.expose());
  EXPECT_TRUE(refresh(again.refresh_token, kNoon + 2h));
}

TEST_F(SessionIssuerTest, WhoLagsBehindByTwoIsGivenTheOneThatCounts) {
  const auto first = started();
  const auto second = refresh(first.refresh_token, kNoon + 1h).value();
  const auto third = refresh(second.refresh_token, kNoon + 1h + 3s).value();
  EXPECT_EQ(refresh(first.refresh_token, kNoon + 1h + 5s).value().refresh_token.expose(), third.refresh_token.expose());
}

TEST_F(SessionIssuerTest, AReuseAfterTheGraceEndsTheSessionForBothSides) {
  const auto first = started();
  const auto second = refresh(first.refresh_token, kNoon).value();
  EXPECT_EQ(refusal(first.refresh_token, kNoon + 10s), ErrorCode::refresh_token_reused);
  EXPECT_EQ(refusal(second.refresh_token, kNoon + 10s), ErrorCode::refresh_token_invalid);
  EXPECT_EQ(answer_to(first.access, kNoon + 10s), "token_session_ended");
  EXPECT_EQ(answer_to(second.access, kNoon + 10s), "token_session_ended");
  EXPECT_EQ(store.find(first.session).value()->end, SessionEnd::refresh_token_reused);
  EXPECT_EQ(recorded(), (std::vector<std::string>{
                            "session_refreshed alice", "session_ended alice",
                            "refresh_refused refresh_token_reused alice", "refresh_refused refresh_token_invalid",
                            "token_refused token_session_ended alice", "token_refused token_session_ended alice"}));
}

TEST_F(SessionIssuerTest, AReuseEndsNoOtherSession) {
  const auto first = started();
  const auto other = started();
  ASSERT_TRUE(refresh(first.refresh_token, kNoon));
  EXPECT_EQ(refusal(first.refresh_token, kNoon + 1h), ErrorCode::refresh_token_reused);
  EXPECT_TRUE(refresh(other.refresh_token, kNoon + 1h));
}

TEST_F(SessionIssuerTest, TextThatIsNoTokenOfOursEndsNothing) {
  const auto pair = started();
  auto damaged = std::string(pair.refresh_token.expose());
  damaged[20] = damaged[20] == 'A' ? 'B' : 'A';
  for (const std::string& text : {damaged, std::string{}, std::string{"x"}, std::string(10'000, 'A')}) {
    EXPECT_EQ(refresh(text, kNoon).error().code(), ErrorCode::refresh_token_invalid);
  }
  EXPECT_TRUE(refresh(pair.refresh_token, kNoon));
}

TEST_F(SessionIssuerTest, AnIdleSessionEndsAfterTwoWeeksWithoutARefresh) {
  const auto first = started();
  const auto second = refresh(first.refresh_token, kNoon + 14 * 24h - 1us).value();
  EXPECT_EQ(refusal(second.refresh_token, kNoon + 28 * 24h - 1us), ErrorCode::refresh_token_invalid);
}

TEST_F(SessionIssuerTest, NoSessionOutlivesNinetyDaysWhateverIsRefreshed) {
  auto pair = started();
  for (int day = 10; day < 90; day += 10) pair = refresh(pair.refresh_token, kNoon + day * 24h).value();
  pair = refresh(pair.refresh_token, kNoon + 90 * 24h - 90s).value();
  EXPECT_EQ(pair.refresh_expires_in, 90s);
  EXPECT_EQ(refusal(pair.refresh_token, kNoon + 90 * 24h), ErrorCode::refresh_token_invalid);
}

TEST_F(SessionIssuerTest, ARefreshSeesTheAccountAsItIsNow) {
  const auto pair = started();
  ASSERT_TRUE(users.set_state(alice.id, AccountState::disabled, kNoon));
  EXPECT_EQ(refusal(pair.refresh_token, kNoon), ErrorCode::user_disabled);
  ASSERT_TRUE(users.set_state(alice.id, AccountState::deleted, kNoon));
  EXPECT_EQ(refusal(pair.refresh_token, kNoon), ErrorCode::user_not_found);
}

TEST_F(SessionIssuerTest, AnEndedSessionsAccessTokenIsRefusedOnTheVeryNextRequest) {
  const auto pair = started();
  EXPECT_EQ(answer_to(pair.access, kNoon), "alice");
  ASSERT_TRUE(administration.end(alice, pair.session, SessionEnd::logout, origin, kNoon));
  EXPECT_EQ(answer_to(pair.access, kNoon), "token_session_ended");
  EXPECT_EQ(administration.end(alice, pair.session, SessionEnd::logout, origin, kNoon).error().code(),
            ErrorCode::session_not_found);
}

TEST_F(SessionIssuerTest, ASessionThatOneProcessEndsIsOverInAnotherThatFollows) {
  const auto pair = started();
  EndedSessions seen_elsewhere;
  SessionAdministration elsewhere{store, seen_elsewhere, audit};
  const TokenAuthenticator there{verifier, users, audit, RolePermissions::administrators_may_everything(),
                                 &seen_elsewhere};
  ASSERT_TRUE(administration.end_all(alice, std::nullopt, SessionEnd::logout, origin, kNoon));
  const auto token = verifier.verify(pair.access.token, kNoon).value();
  EXPECT_TRUE(there.user_of(token, origin, kNoon));
  ASSERT_TRUE(elsewhere.follow(kNoon));
  EXPECT_EQ(there.user_of(token, origin, kNoon).error().code(), ErrorCode::token_session_ended);
}

TEST_F(SessionIssuerTest, ADisabledUserIsToldSoWhateverBecameOfTheSession) {
  const auto pair = started();
  ASSERT_TRUE(administration.end(alice, pair.session, SessionEnd::user_disabled, origin, kNoon));
  ASSERT_TRUE(users.set_state(alice.id, AccountState::disabled, kNoon));
  EXPECT_EQ(answer_to(pair.access, kNoon), "user_disabled");
  ASSERT_TRUE(users.set_state(alice.id, AccountState::active, kNoon));
  EXPECT_EQ(answer_to(pair.access, kNoon), "token_session_ended");
}

TEST_F(SessionIssuerTest, FiftyRefreshesAtOnceLeaveOneSuccessorForAll) {
  const auto first = started();
  constexpr int kClients = 50;
  std::latch start{kClients};
  std::mutex mutex;
  std::set<std::string> successors;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < kClients; ++i) {
      threads.emplace_back([&] {
        start.arrive_and_wait();
        const auto pair = refresh(first.refresh_token, kNoon);
        ASSERT_TRUE(pair);
        const std::lock_guard lock{mutex};
        successors.emplace(pair->refresh_token.expose());
      });
    }
  }
  ASSERT_EQ(successors.size(), 1U);
  EXPECT_TRUE(refresh(*successors.begin(), kNoon + 1min));
}

TEST_F(SessionIssuerTest, ListsTheSessionsThatLive) {
  const auto old = started(kNoon);
  const auto young = started(kNoon + 24h);
  const auto ids = [&](Instant now) {
    std::vector<SessionId> found;
    const auto sessions = administration.list(alice.id, now).value();
    for (const auto& session : sessions) found.push_back(session.id);
    return found;
  };
  EXPECT_EQ(ids(kNoon + 24h), (std::vector{young.session, old.session}));
  EXPECT_EQ(ids(kNoon + 14 * 24h), std::vector{young.session});
}

TEST_F(SessionIssuerTest, TellsWhoseATokenIsWithoutChangingAnything) {
  const auto pair = started();
  EXPECT_EQ(issuer.session_of(pair.refresh_token.expose(), kNoon).value().id, pair.session);
  const auto next = refresh(pair.refresh_token, kNoon).value();
  EXPECT_TRUE(issuer.session_of(pair.refresh_token.expose(), kNoon + 5s));
  EXPECT_FALSE(issuer.session_of(pair.refresh_token.expose(), kNoon + 10s));
  EXPECT_TRUE(issuer.session_of(next.refresh_token.expose(), kNoon + 10s));
  EXPECT_TRUE(refresh(next.refresh_token, kNoon + 11s));
}

TEST_F(SessionIssuerTest, GivingATokenBackEndsItsSession) {
  const auto first = started();
  const auto second = refresh(first.refresh_token, kNoon).value();
  EXPECT_FALSE(issuer.revoke("nonsense", origin, kNoon).value());
  EXPECT_FALSE(issuer.revoke(first.refresh_token.expose(), origin, kNoon + 10s).value());
  EXPECT_EQ(answer_to(second.access, kNoon + 10s), "alice");
  EXPECT_TRUE(issuer.revoke(second.refresh_token.expose(), origin, kNoon + 10s).value());
  EXPECT_EQ(answer_to(second.access, kNoon + 10s), "token_session_ended");
  EXPECT_FALSE(issuer.revoke(second.refresh_token.expose(), origin, kNoon + 10s).value());
}

// What the contract says, and no more: which token counts, since when the others do not, and whether it is over.
class Model {
 public:
  explicit Model(std::string first, Instant now) : current_(std::move(first)), last_used_(now), started_(now) {}

  std::optional<ErrorCode> refuses(const std::string& token, Instant now) {
    if (over_ || now >= last_used_ + 14 * 24h || now >= started_ + 90 * 24h) return ErrorCode::refresh_token_invalid;
    if (token == current_ || now < retired_at_.at(token) + 10s) return std::nullopt;
    over_ = true;
    return ErrorCode::refresh_token_reused;
  }
  void answered(const std::string& token, const std::string& with, Instant now) {
    if (token == current_) {
      ASSERT_FALSE(retired_at_.contains(with)) << "a token came back";
      ASSERT_NE(with, current_);
      retired_at_[current_] = now;
      current_ = with;
      last_used_ = now;
    } else {
      ASSERT_EQ(with, current_);
    }
  }
  void end() { over_ = true; }

 private:
  std::string current_;
  std::map<std::string, Instant> retired_at_;
  Instant last_used_;
  Instant started_;
  bool over_ = false;
};

TEST_F(SessionIssuerTest, FollowsTheModelThroughRandomInterleavings) {
  // Times lie a step apart, so that the grace is exact.
  const std::vector<std::chrono::milliseconds> steps{0ms, 250ms, 1s, 5s, 9'750ms, 10s, 30min, 13 * 24h, 14 * 24h};
  int reuses = 0;
  int graces = 0;
  for (unsigned run = 0; run < 500; ++run) {
    std::mt19937 chance{run};
    const auto pick = [&](std::size_t below) {
      return std::uniform_int_distribution<std::size_t>{0, below - 1}(chance);
    };
    Instant now = kNoon;
    const auto first = started(now);
    const std::string text(first.refresh_token.expose());
    Model model{text, now};
    std::vector<std::string> known(4, text);  // what each of four clients holds
    for (int request = 0; request < 30; ++request) {
      if (pick(4) != 0) now += steps[pick(pick(8) == 0 ? steps.size() : 6)];
      auto& held = known[pick(known.size())];
      const auto expected = model.refuses(held, now);
      const auto pair = refresh(held, now);
      ASSERT_EQ(pair.has_value(), !expected) << "run " << run << ", request " << request;
      if (!pair) {
        ASSERT_EQ(pair.error().code(), *expected) << "run " << run << ", request " << request;
        reuses += expected == ErrorCode::refresh_token_reused;
        continue;
      }
      const std::string successor(pair->refresh_token.expose());
      graces += std::ranges::count(known, successor) > 0;
      ASSERT_NO_FATAL_FAILURE(model.answered(held, successor, now));
      if (pick(3) != 0) held = successor;  // or the reply is lost
      if (pick(60) == 0 && administration.end(alice, first.session, SessionEnd::logout, origin, now)) model.end();
    }
  }
  EXPECT_GT(reuses, 50);
  EXPECT_GT(graces, 500);
}

}  // namespace
}  // namespace cardea
