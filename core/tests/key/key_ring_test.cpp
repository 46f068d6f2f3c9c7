#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <cardea/core/key/jwk_set.hpp>
#include <cardea/core/key/key_ring.hpp>
#include <cardea/core/key/memory_key_store.hpp>
#include <cardea/core/token/token_verifier.hpp>
#include <thread>

#include "token/signed_text.hpp"

namespace cardea {
namespace {

using namespace std::chrono_literals;
using test::kNoon;

constexpr auto kTick = 1us;

class KeyRingTest : public testing::Test {
 protected:
  KeyRing::SealerSource sealer() {
    return [this]() -> Result<KeySealer> { return KeySealer{MasterKeys::parse(master_keys_).value()}; };
  }

  std::shared_ptr<KeyRing> open(Instant now = kNoon) { return KeyRing::open(store_, sealer(), options_, now).value(); }

  std::string token_at(const KeyRing& ring, Instant now, std::chrono::seconds lifetime = 30min) {
    Claims claims;
    claims.subject = "alice";
    claims.issued_at = now;
    claims.expires_at = now + lifetime;
    return ring.signer_at(now)->sign(claims).value();
  }

  static bool accepts(const std::shared_ptr<KeyRing>& ring, const std::string& token, Instant now) {
    return TokenVerifier{ring, TokenPolicy::tutorial()}.verify(token, now).has_value();
  }

  static std::vector<KeyState> states(const KeyRing& ring, Instant now) {
    std::vector<KeyState> states;
    for (const auto& key : ring.keys(now)) states.push_back(key.state);
    return states;
  }

  static std::vector<std::string> published(const KeyRing& ring, Instant now) {
    std::vector<std::string> ids;
    const auto set = boost::json::parse(ring.published_at(now).json);
    for (const auto& key : set.at("keys").as_array()) ids.emplace_back(key.at("kid").as_string());
    return ids;
  }

  static KeyId signing(const KeyRing& ring, Instant now) { return ring.signer_at(now)->key().id(); }

  MemoryKeyStore store_;
  Secret master_keys_ = MasterKeys::generate().text();
  KeyRingOptions options_ = [] {
    KeyRingOptions options;
    options.algorithm = Algorithm::es256;
    return options;
  }();
};

using enum KeyState;
using States = std::vector<KeyState>;

TEST_F(KeyRingTest, MakesTheFirstKeyWhichSignsAtOnce) {
  for (const auto algorithm : all_algorithms()) {
    MemoryKeyStore store;
    options_.algorithm = algorithm;
    const auto ring = KeyRing::open(store, sealer(), options_, kNoon).value();
    ASSERT_EQ(states(*ring, kNoon), States{active});
    EXPECT_EQ(ring->keys(kNoon)[0].algorithm, algorithm);
    EXPECT_TRUE(accepts(ring, token_at(*ring, kNoon), kNoon)) << name_of(algorithm);
  }
}

TEST_F(KeyRingTest, HasTheSameKeysWhenItIsOpenedAgain) {
  const auto token = token_at(*open(), kNoon);
  const auto again = open(kNoon + 1min);
  EXPECT_TRUE(accepts(again, token, kNoon + 1min));
  EXPECT_EQ(store_.list()->size(), 1U);
}

TEST_F(KeyRingTest, PublishesANewKeyForLongerThanOthersMayKeepTheSetBeforeItSigns) {
  const auto ring = open();
  const auto first = signing(*ring, kNoon);
  const auto next = ring->rotate(Takeover::after_publication, kNoon).value();
  EXPECT_EQ(states(*ring, kNoon), (States{active, upcoming}));
  EXPECT_EQ(published(*ring, kNoon).size(), 2U);
  const auto takes_over = ring->keys(kNoon)[1].signs_from;
  EXPECT_GT(takes_over, kNoon + options_.publication);
  EXPECT_EQ(signing(*ring, takes_over - kTick), first);
  EXPECT_EQ(signing(*ring, takes_over), next);
  EXPECT_EQ(states(*ring, takes_over), (States{retiring, active}));
}

TEST_F(KeyRingTest, LetsTheOldKeyVerifyUntilItsLastTokenHasExpired) {
  const auto ring = open();
  ring->rotate(Takeover::after_publication, kNoon).value();
  const auto takes_over = ring->keys(kNoon)[1].signs_from;
  const auto last = token_at(*ring, takes_over - kTick);
  EXPECT_TRUE(accepts(ring, last, takes_over + 30min - 1s));
  EXPECT_FALSE(accepts(ring, last, takes_over + 30min));
  const auto ends = *ring->keys(kNoon)[0].verifies_until;
  EXPECT_GE(ends, takes_over + 30min + ClockSkew::kLargest);
  EXPECT_EQ(states(*ring, ends - kTick), (States{retiring, active}));
  EXPECT_EQ(states(*ring, ends), (States{retired, active}));
  EXPECT_EQ(published(*ring, ends - kTick).size(), 2U);
  EXPECT_EQ(published(*ring, ends).size(), 1U);
}

TEST_F(KeyRingTest, KeepsTheOldKeyForTheLongestTokenThatWasEverToBeSigned) {
  open();
  options_.token_lifetime = 24h;
  open(kNoon + 1min);  // as a program with another lifetime does
  options_.token_lifetime = 30min;
  const auto ring = open(kNoon + 2min);
  ring->rotate(Takeover::at_once, kNoon + 2min).value();
  EXPECT_GT(*ring->keys(kNoon + 2min)[0].verifies_until, kNoon + 2min + 24h);
}

TEST_F(KeyRingTest, RefusesASecondUpcomingKeyAndSaysWhenTheFirstSigns) {
  const auto ring = open();
  const auto next = ring->rotate(Takeover::after_publication, kNoon).value();
  const auto refused = ring->rotate(Takeover::after_publication, kNoon);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code(), ErrorCode::conflict);
  EXPECT_TRUE(refused.error().public_text().contains(next.text()));
  EXPECT_TRUE(refused.error().public_text().contains("2026-01-01T12:05:05Z"));
}

TEST_F(KeyRingTest, BringsTheUpcomingKeyForward) {
  const auto ring = open();
  const auto next = ring->rotate(Takeover::after_publication, kNoon).value();
  EXPECT_EQ(ring->rotate(Takeover::at_once, kNoon + 1s).value(), next);
  EXPECT_EQ(signing(*ring, kNoon + 1s), next);
}

TEST_F(KeyRingTest, CutsTheSigningKeyOffAndHasAnotherSignAtOnce) {
  const auto ring = open();
  const auto first = signing(*ring, kNoon);
  const auto token = token_at(*ring, kNoon);
  ASSERT_TRUE(accepts(ring, token, kNoon + 1s));
  ASSERT_TRUE(ring->retire(first, kNoon + 1s));
  EXPECT_FALSE(accepts(ring, token, kNoon + 1s));
  EXPECT_FALSE(accepts(ring, token, kNoon)) << "not even when the clock is set back";
  EXPECT_EQ(states(*ring, kNoon + 1s), (States{retired, active}));
  EXPECT_TRUE(accepts(ring, token_at(*ring, kNoon + 1s), kNoon + 1s));
  EXPECT_EQ(published(*ring, kNoon + 1s), std::vector{std::string(signing(*ring, kNoon + 1s).text())});
}

TEST_F(KeyRingTest, LetsTheUpcomingKeySignWhenTheActiveOneIsCutOff) {
  const auto ring = open();
  const auto first = signing(*ring, kNoon);
  const auto next = ring->rotate(Takeover::after_publication, kNoon).value();
  ASSERT_TRUE(ring->retire(first, kNoon + 1s));
  EXPECT_EQ(signing(*ring, kNoon + 1s), next);
  EXPECT_EQ(store_.list()->size(), 2U);
}

TEST_F(KeyRingTest, GoesOnWithTheActiveKeyWhenTheUpcomingOneIsCutOff) {
  const auto ring = open();
  const auto first = signing(*ring, kNoon);
  const auto next = ring->rotate(Takeover::after_publication, kNoon).value();
  ASSERT_TRUE(ring->retire(next, kNoon + 1s));
  EXPECT_EQ(signing(*ring, kNoon + 24h), first);
  EXPECT_EQ(states(*ring, kNoon + 24h), (States{active, retired}));
  EXPECT_NE(ring->rotate(Takeover::at_once, kNoon + 24h).value(), next);
}

TEST_F(KeyRingTest, DoesNotLetAnOlderKeySignAgainWhenItsSuccessorIsCutOff) {
  const auto ring = open();
  const auto first = signing(*ring, kNoon);
  const auto second = ring->rotate(Takeover::at_once, kNoon + 1s).value();
  ASSERT_TRUE(ring->retire(second, kNoon + 2s));
  EXPECT_NE(signing(*ring, kNoon + 2s), first);
  EXPECT_EQ(states(*ring, kNoon + 2s), (States{retiring, retired, active}));
}

TEST_F(KeyRingTest, CutsARetiringKeyOffAndLeavesTheOthers) {
  const auto ring = open();
  const auto first = signing(*ring, kNoon);
  const auto old = token_at(*ring, kNoon);
  ring->rotate(Takeover::at_once, kNoon + 1s).value();
  ASSERT_TRUE(ring->retire(first, kNoon + 2s));
  ASSERT_TRUE(ring->retire(first, kNoon + 3s)) << "once more changes nothing";
  EXPECT_FALSE(accepts(ring, old, kNoon + 2s));
  EXPECT_EQ(states(*ring, kNoon + 2s), (States{retired, active}));
}

TEST_F(KeyRingTest, KnowsNoKeyOfAnotherName) {
  const auto ring = open();
  const auto unknown = KeyId::parse("unknown").value();
  EXPECT_EQ(ring->retire(unknown, kNoon).error().code(), ErrorCode::key_not_found);
  EXPECT_EQ(ring->export_jwk(unknown, kNoon).error().code(), ErrorCode::key_not_found);
}

TEST_F(KeyRingTest, RotatesByItselfSoThatTheNextKeySignsWhenTheTimeIsUp) {
  options_.rotate_after = std::chrono::days{30};
  const auto ring = open();
  const Instant due = kNoon + std::chrono::days{30};
  EXPECT_FALSE(ring->maintain(due - 5min - 5s - kTick).value()) << "not due yet";
  EXPECT_EQ(ring->keys(kNoon).size(), 1U);
  const auto successor = ring->maintain(due - 5min - 5s).value();
  ASSERT_TRUE(successor.has_value());
  ASSERT_EQ(ring->keys(kNoon).size(), 2U);
  EXPECT_EQ(ring->keys(kNoon)[1].signs_from, due);
  ASSERT_TRUE(ring->maintain(due - 1s));
  EXPECT_EQ(ring->keys(kNoon).size(), 2U);
}

TEST_F(KeyRingTest, PublishesAKeyInFullEvenWhenTheRotationIsLate) {
  options_.rotate_after = std::chrono::days{30};
  const auto ring = open();
  const Instant late = kNoon + std::chrono::days{90};
  ASSERT_TRUE(ring->maintain(late));
  EXPECT_EQ(ring->keys(late)[1].signs_from, late + 5min + 5s);
}

TEST_F(KeyRingTest, NeverRotatesByItselfUnlessToldTo) {
  const auto ring = open();
  ASSERT_TRUE(ring->maintain(kNoon + std::chrono::days{10'000}));
  EXPECT_EQ(store_.list()->size(), 1U);
}

TEST_F(KeyRingTest, TakesAnotherAlgorithmAsARotation) {
  options_.algorithm = Algorithm::hs256;
  const auto before = open();
  const auto token = token_at(*before, kNoon);
  options_.algorithm = Algorithm::eddsa;
  const auto ring = open(kNoon + 1s);
  EXPECT_EQ(states(*ring, kNoon + 1s), (States{active, upcoming}));
  EXPECT_EQ(ring->signer_at(kNoon + 1s)->key().algorithm(), Algorithm::hs256);
  EXPECT_TRUE(accepts(ring, token, kNoon + 1s));
  EXPECT_EQ(published(*ring, kNoon + 1s).size(), 1U) << "the secret is not published";
  const auto takes_over = ring->keys(kNoon + 1s)[1].signs_from;
  EXPECT_EQ(ring->signer_at(takes_over)->key().algorithm(), Algorithm::eddsa);
  EXPECT_TRUE(accepts(ring, token, takes_over));
}

TEST_F(KeyRingTest, AdoptsASecretAsItsFirstKeyAndNeverLater) {
  options_.algorithm = Algorithm::hs256;
  const auto secret = Secret::copy_of(test::kSecret);
  ASSERT_TRUE(KeyRing::adopt(store_, sealer(), secret, Algorithm::hs256, options_, kNoon));
  EXPECT_TRUE(accepts(open(), test::signed_text(test::kPlainHeader, R"({"exp":1767268801})"), kNoon));
  ASSERT_TRUE(KeyRing::adopt(store_, sealer(), Secret::copy_of("another secret of more than 32 bytes"),
                             Algorithm::hs256, options_, kNoon));
  EXPECT_EQ(store_.list()->size(), 1U);
}

TEST_F(KeyRingTest, SignsTokensOfTheTypeThatGoesWithTheKindOfKey) {
  options_.algorithm = Algorithm::hs256;
  EXPECT_EQ(open()->signer_at(kNoon)->type(), TokenType::jwt);
  options_.algorithm = Algorithm::es256;
  const auto ring = open(kNoon + 1s);
  EXPECT_EQ(ring->signer_at(kNoon + 1s)->type(), TokenType::jwt);
  EXPECT_EQ(ring->signer_at(kNoon + 1h)->type(), TokenType::access_token);
}

TEST_F(KeyRingTest, GivesUpAnUpcomingKeyOfAnAlgorithmThatIsNoLongerWanted) {
  open();
  options_.algorithm = Algorithm::rs256;
  open(kNoon + 1s);
  options_.algorithm = Algorithm::es256;
  const auto ring = open(kNoon + 2s);
  EXPECT_EQ(ring->signer_at(kNoon + 24h)->key().algorithm(), Algorithm::es256);
}

TEST_F(KeyRingTest, PublishesNoSecretAndNoPrivateMember) {
  for (const auto algorithm : {Algorithm::hs256, Algorithm::rs256, Algorithm::es256, Algorithm::eddsa}) {
    MemoryKeyStore store;
    options_.algorithm = algorithm;
    const auto ring = KeyRing::open(store, sealer(), options_, kNoon).value();
    const auto& [json, etag] = ring->published_at(kNoon);
    EXPECT_EQ(json == R"({"keys":[]})", is_symmetric(algorithm));
    for (const auto* member : {"\"d\"", "\"p\"", "\"q\"", "\"k\"", "\"oct\""}) EXPECT_FALSE(json.contains(member));
    EXPECT_TRUE(read_jwk_set(json)) << json;
    EXPECT_TRUE(etag.starts_with('"') && etag.ends_with('"') && etag.size() > 10) << etag;
  }
}

TEST_F(KeyRingTest, ChangesItsTagWithThePublishedSetAlone) {
  const auto ring = open();
  const auto before = ring->published_at(kNoon).etag;
  EXPECT_EQ(open(kNoon + 1s)->published_at(kNoon + 1s).etag, before);
  ring->rotate(Takeover::after_publication, kNoon + 1s).value();
  EXPECT_NE(ring->published_at(kNoon + 1s).etag, before);
}

TEST_F(KeyRingTest, AnswersWithTheSameKeysUntilTheyChange) {
  const auto ring = open();
  const auto before = ring->keys_at(kNoon);
  ASSERT_TRUE(ring->reload(kNoon + 1s));
  EXPECT_EQ(ring->keys_at(kNoon + 1s), before);
  ring->rotate(Takeover::at_once, kNoon + 2s).value();
  EXPECT_NE(ring->keys_at(kNoon + 2s), before);
}

TEST_F(KeyRingTest, SeesWhatAnotherRingDidAfterReadingAgain) {
  const auto here = open(), there = open();
  const auto next = there->rotate(Takeover::at_once, kNoon + 1s).value();
  const auto token = token_at(*there, kNoon + 1s);
  EXPECT_FALSE(accepts(here, token, kNoon + 1s));
  ASSERT_TRUE(here->reload(kNoon + 1s));
  EXPECT_TRUE(accepts(here, token, kNoon + 1s));
  EXPECT_EQ(signing(*here, kNoon + 1s), next);
}

TEST_F(KeyRingTest, HasOneSuccessorWhenManyRotateAtOnce) {
  options_.rotate_after = std::chrono::days{30};
  std::vector<std::shared_ptr<KeyRing>> rings;
  for (int i = 0; i < 8; ++i) rings.push_back(open());
  const Instant due = kNoon + std::chrono::days{30};
  {
    std::vector<std::jthread> threads;
    for (const auto& ring : rings) threads.emplace_back([&ring, due] { EXPECT_TRUE(ring->maintain(due)); });
  }
  EXPECT_EQ(store_.list()->size(), 2U);
  for (const auto& ring : rings) EXPECT_EQ(states(*ring, due), (States{active, upcoming}));
}

TEST_F(KeyRingTest, SignsAndVerifiesWithoutAGapWhileItRotates) {
  const auto ring = open();
  std::atomic<bool> ended = false;
  std::atomic<int> refused = 0, signed_tokens = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 2; ++i) {
    threads.emplace_back([&] {
      while (!ended) {
        const auto token = token_at(*ring, kNoon);
        ++signed_tokens;
        if (!accepts(ring, token, kNoon)) ++refused;
      }
    });
  }
  for (int i = 0; i < 30; ++i) EXPECT_TRUE(ring->rotate(Takeover::at_once, kNoon));
  ended = true;
  threads.clear();
  EXPECT_EQ(refused, 0);
  EXPECT_GT(signed_tokens, 0);
}

TEST_F(KeyRingTest, DoesNotOpenWithAnotherMasterKey) {
  open();
  master_keys_ = MasterKeys::generate().text();
  EXPECT_EQ(KeyRing::open(store_, sealer(), options_, kNoon).error().code(), ErrorCode::master_key_unusable);
}

TEST_F(KeyRingTest, DoesNotOpenWithoutAMasterKeyAndMakesNothing) {
  const auto none = []() -> Result<KeySealer> { return failure(ErrorCode::master_key_unusable); };
  EXPECT_EQ(KeyRing::open(store_, none, options_, kNoon).error().code(), ErrorCode::master_key_unusable);
  EXPECT_TRUE(store_.list()->empty());
}

TEST_F(KeyRingTest, SealsWithTheMasterKeyOfTheMoment) {
  const auto ring = open();
  const auto old = MasterKeys::parse(master_keys_).value();
  master_keys_ = old.with_new_first()->text();
  ring->rotate(Takeover::at_once, kNoon + 1s).value();
  const KeySealer sealer{MasterKeys::parse(master_keys_).value()};
  EXPECT_FALSE(sealer.is_sealed_by_first(store_.list()->front().sealed));
  EXPECT_TRUE(sealer.is_sealed_by_first(store_.list()->back().sealed));
}

TEST_F(KeyRingTest, NeedsNoMasterKeyForKeysThatAreOverOrOpen) {
  const auto ring = open();
  const auto first = signing(*ring, kNoon);
  ASSERT_TRUE(ring->retire(first, kNoon));
  master_keys_ = MasterKeys::generate().text();
  EXPECT_TRUE(ring->reload(kNoon + 1s));
}

TEST_F(KeyRingTest, ExportsAKeyWhole) {
  for (const auto algorithm : {Algorithm::hs512, Algorithm::rs256, Algorithm::es384, Algorithm::eddsa}) {
    MemoryKeyStore store;
    options_.algorithm = algorithm;
    const auto ring = KeyRing::open(store, sealer(), options_, kNoon).value();
    const auto jwk = ring->export_jwk(signing(*ring, kNoon), kNoon).value();
    const auto keys = read_jwk_set(jwk.expose()).value();
    EXPECT_TRUE(JwsVerifier{keys}.verify(token_at(*ring, kNoon))) << name_of(algorithm);
    EXPECT_TRUE(jwk.expose().contains(is_symmetric(algorithm) ? "\"k\":" : "\"d\":"));
  }
}

TEST_F(KeyRingTest, ExportsNoKeyThatIsOver) {
  const auto ring = open();
  const auto first = signing(*ring, kNoon);
  ASSERT_TRUE(ring->retire(first, kNoon));
  EXPECT_EQ(ring->export_jwk(first, kNoon).error().code(), ErrorCode::key_not_found);
}

TEST_F(KeyRingTest, SignsWithItsFirstKeyWhenTheClockIsSetBack) {
  const auto ring = open();
  EXPECT_TRUE(accepts(ring, token_at(*ring, kNoon - 1h), kNoon - 1h));
}

TEST_F(KeyRingTest, KeepsToTheAlgorithmInUseUnlessItServes) {
  open();
  options_.algorithm = Algorithm::hs256;
  for (const auto use : {RingUse::signing, RingUse::reading}) {
    const auto ring = KeyRing::open(store_, sealer(), options_, kNoon, use).value();
    EXPECT_EQ(states(*ring, kNoon), States{active});
  }
  const auto ring = KeyRing::open(store_, sealer(), options_, kNoon, RingUse::reading).value();
  ring->rotate(Takeover::at_once, kNoon + 1s).value();
  EXPECT_EQ(ring->signer_at(kNoon + 1s)->key().algorithm(), Algorithm::es256);
}

TEST_F(KeyRingTest, MakesTheFirstKeyForWhoSigns) {
  const auto ring = KeyRing::open(store_, sealer(), options_, kNoon, RingUse::signing).value();
  EXPECT_TRUE(accepts(ring, token_at(*ring, kNoon), kNoon));
}

TEST_F(KeyRingTest, OpensForReadingOnlyWhereThereIsAKey) {
  EXPECT_EQ(KeyRing::open(store_, sealer(), options_, kNoon, RingUse::reading).error().code(),
            ErrorCode::key_not_found);
  EXPECT_TRUE(store_.list()->empty());
  const auto token = token_at(*open(), kNoon);
  EXPECT_TRUE(accepts(KeyRing::open(store_, sealer(), options_, kNoon, RingUse::reading).value(), token, kNoon));
}

}  // namespace
}  // namespace cardea
