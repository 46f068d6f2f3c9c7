#include <gtest/gtest.h>

#include <atomic>
#include <cardea/core/token/token_signer.hpp>
#include <cardea/core/token/verified_token_cache.hpp>
#include <functional>
#include <mutex>
#include <thread>

#include "key/asymmetric_keys.hpp"
#include "token/signed_text.hpp"

namespace cardea {
namespace {

using namespace std::chrono_literals;
using test::kNoon;
using test::signed_text;

constexpr auto kTick = std::chrono::microseconds{1};
constexpr std::string_view kOtherSecret = "another-secret-of-thirty-two-bytes";

std::string token_of(std::string_view claims, std::string_view secret = test::kSecret) {
  return signed_text(test::kPlainHeader, claims, secret);
}

std::string token_for(std::string_view subject) {
  return token_of(R"({"sub":")" + std::string(subject) + R"(","nbf":1767268800,"exp":1767270600})");
}

// The claims' JSON or the name of the refusal.
template <class Token>
std::string outcome(const Result<Token>& result, const Claims* claims) {
  return result ? to_json(*claims).value() : std::string(name_of(result.error().code()));
}

std::string answer_of(const TokenVerifier& verifier, std::string_view token, Instant now) {
  const auto verified = verifier.verify(token, now);
  return outcome(verified, verified ? &verified->claims() : nullptr);
}

std::string answer_of(CachedTokenVerifier& cache, std::string_view token, Instant now) {
  const auto verified = cache.verify(token, now);
  return outcome(verified, verified ? &(*verified)->claims() : nullptr);
}

std::shared_ptr<const JwsVerifier> keys_of(std::string_view secret) {
  return std::make_shared<const JwsVerifier>(VerificationKeySet{VerificationKey{test::key_of(secret)}});
}

// Keys that a test exchanges, and a look at them that a test can interrupt.
class RotatingKeys final : public KeySource {
 public:
  std::shared_ptr<const JwsVerifier> keys_at(Instant) const override {
    auto answer = current();
    if (during_next_look) std::exchange(during_next_look, nullptr)();
    return answer;
  }
  void change_to(std::shared_ptr<const JwsVerifier> keys) {
    const std::lock_guard lock{mutex_};
    keys_ = std::move(keys);
  }

  mutable std::function<void()> during_next_look;

 private:
  std::shared_ptr<const JwsVerifier> current() const {
    const std::lock_guard lock{mutex_};
    return keys_;
  }

  mutable std::mutex mutex_;
  std::shared_ptr<const JwsVerifier> keys_{keys_of(test::kSecret)};
};

class VerifiedTokenCache : public testing::Test {
 protected:
  bool is_remembered(const std::string& token) {
    const auto first = cache.verify(token, kNoon);
    return first && first.value() == cache.verify(token, kNoon).value();
  }

  bool is_accepted(std::string_view token, Instant now = kNoon) { return cache.verify(token, now).has_value(); }

  const std::shared_ptr<RotatingKeys> source = std::make_shared<RotatingKeys>();
  const TokenVerifier verifier{source, TokenPolicy::tutorial()};
  CachedTokenVerifier cache{verifier};
  const std::string alice = token_for("alice");
  const std::string bob = token_for("bob");
};

TEST_F(VerifiedTokenCache, AnswersTheSameObjectWhileItRemembers) {
  const auto first = cache.verify(alice, kNoon).value();
  EXPECT_EQ(first->claims().subject, "alice");
  EXPECT_EQ(cache.verify(std::string(alice), kNoon).value(), first);
  EXPECT_NE(cache.verify(bob, kNoon).value(), first);
  EXPECT_EQ(cache.size(), 2U);
}

TEST_F(VerifiedTokenCache, RemembersTokensOfEveryAlgorithm) {
  for (const auto algorithm : all_algorithms()) {
    const auto key = test::signing_key_for(algorithm);
    Claims claims;
    claims.expires_at = kNoon + kTick;
    const auto token = TokenSigner{key}.sign(claims).value();
    source->change_to(std::make_shared<const JwsVerifier>(VerificationKeySet{key.verification_key()}));
    EXPECT_TRUE(is_remembered(token)) << name_of(algorithm);
    EXPECT_FALSE(is_accepted(token, kNoon + kTick)) << name_of(algorithm);
  }
}

TEST_F(VerifiedTokenCache, GivesTheVerifiersAnswerAtFirstSightAndLater) {
  for (const auto& token :
       {alice, bob, std::string{}, std::string{".."}, std::string(31, 'a'), std::string(100'000, 'a'), token_of("{}"),
        token_of("[]"), token_of(R"({"exp":1767268800})"), token_of(R"({"exp":1767268800.5,"nbf":1767268799.5})"),
        token_of(R"({"exp":1767270600,"iat":1767268801})"), token_of(R"({"exp":1767270600,"aud":"orders"})"),
        token_of(R"({"exp":"x"})"), token_of(R"({"exp":1767270600})", kOtherSecret),
        signed_text(R"({"alg":"none"})", R"({"exp":1767270600})"), alice + "=", " " + alice}) {
    for (const auto when : {kNoon, kNoon, kNoon - kTick, kNoon + 500ms - kTick, kNoon + 500ms, kNoon + 30min - kTick,
                            kNoon + 30min, Instant::max(), Instant::min(), kNoon}) {
      EXPECT_EQ(answer_of(cache, token, when), answer_of(verifier, token, when))
          << token << ' ' << when.time_since_epoch().count();
    }
  }
}

TEST_F(VerifiedTokenCache, RefusesARememberedTokenInTheVerySecondItExpiresAndForgetsIt) {
  EXPECT_TRUE(is_remembered(alice));
  EXPECT_TRUE(is_accepted(alice, kNoon + 30min - kTick));
  EXPECT_EQ(cache.size(), 1U);
  EXPECT_EQ(cache.verify(alice, kNoon + 30min).error().code(), ErrorCode::token_expired);
  EXPECT_EQ(cache.size(), 0U);
}

TEST_F(VerifiedTokenCache, RefusesARememberedTokenBeforeItsTimeWhenTheClockIsSetBack) {
  EXPECT_TRUE(is_remembered(alice));
  EXPECT_EQ(cache.verify(alice, kNoon - kTick).error().code(), ErrorCode::token_not_yet_valid);
  EXPECT_TRUE(is_accepted(alice));
}

TEST_F(VerifiedTokenCache, RefusesARememberedTokenWithOneCharacterChangedWhereverItIs) {
  EXPECT_TRUE(is_remembered(alice));
  for (std::size_t i = 0; i < alice.size(); ++i) {
    for (const char c : {'A', 'B', '.', '\0'}) {
      auto forged = alice;
      forged[i] = c;
      EXPECT_EQ(is_accepted(forged), forged == alice) << i;
    }
  }
  EXPECT_EQ(cache.size(), 1U);
}

TEST_F(VerifiedTokenCache, RefusesOtherClaimsUnderARememberedSignature) {
  EXPECT_TRUE(is_remembered(alice));
  const auto signature = alice.substr(alice.rfind('.'));
  const auto other = bob.substr(0, bob.rfind('.')) + signature;
  EXPECT_EQ(cache.verify(other, kNoon).error().code(), ErrorCode::token_signature_invalid);
  EXPECT_EQ(cache.verify(alice.substr(alice.size() - 32), kNoon).error().code(), ErrorCode::token_malformed);
  EXPECT_EQ(cache.verify(std::string(alice.size() - 32, 'a') + alice.substr(alice.size() - 32), kNoon).error().code(),
            ErrorCode::token_malformed);
  EXPECT_EQ(cache.verify(alice, kNoon).value()->claims().subject, "alice");
}

TEST_F(VerifiedTokenCache, RemembersNothingThatWasRefused) {
  for (const auto& token : {token_of("{}"), token_of(R"({"exp":1767270600})", kOtherSecret), std::string{"a.b.c"}}) {
    EXPECT_FALSE(is_accepted(token));
  }
  EXPECT_EQ(cache.size(), 0U);
}

TEST_F(VerifiedTokenCache, RefusesARememberedTokenAsSoonAsItsKeyIsRetired) {
  EXPECT_TRUE(is_remembered(alice));
  source->change_to(keys_of(kOtherSecret));
  EXPECT_EQ(cache.verify(alice, kNoon).error().code(), ErrorCode::token_signature_invalid);
  EXPECT_EQ(cache.size(), 0U);
}

TEST_F(VerifiedTokenCache, VerifiesAgainWhenTheKeysAreOtherOnesThatStillHaveTheKey) {
  const auto before = cache.verify(alice, kNoon).value();
  source->change_to(keys_of(test::kSecret));
  const auto after = cache.verify(alice, kNoon).value();
  EXPECT_NE(before, after);
  EXPECT_EQ(cache.verify(alice, kNoon).value(), after);
  EXPECT_EQ(cache.size(), 1U);
}

TEST_F(VerifiedTokenCache, DoesNotCountWhatWasVerifiedByKeysThatChangedMeanwhile) {
  source->during_next_look = [&] { source->change_to(keys_of(kOtherSecret)); };
  EXPECT_TRUE(is_accepted(alice)) << "by the keys as they were when they were asked for";
  EXPECT_FALSE(is_accepted(alice));
}

TEST_F(VerifiedTokenCache, DoesNotRememberWhatWasBeingVerifiedWhenItWasToldToForget) {
  for (const bool all : {false, true}) {
    source->during_next_look = [&] {
      all ? cache.forget_all() : cache.forget_if([](const VerifiedToken&) { return false; });
    };
    EXPECT_TRUE(is_accepted(alice));
    EXPECT_EQ(cache.size(), 0U);
  }
  EXPECT_TRUE(is_remembered(alice));
}

TEST_F(VerifiedTokenCache, RemembersATokenOnceThatIsVerifiedTwiceAtATime) {
  source->during_next_look = [&] { EXPECT_TRUE(is_accepted(alice)); };
  EXPECT_TRUE(is_accepted(alice));
  EXPECT_EQ(cache.size(), 1U);
}

TEST_F(VerifiedTokenCache, ForgetsAll) {
  const auto before = cache.verify(alice, kNoon).value();
  is_accepted(bob);
  cache.forget_all();
  EXPECT_EQ(cache.size(), 0U);
  EXPECT_NE(cache.verify(alice, kNoon).value(), before);
}

TEST_F(VerifiedTokenCache, ForgetsTheTokensThatAPredicateNames) {
  const auto of_alice = cache.verify(alice, kNoon).value();
  const auto of_bob = cache.verify(bob, kNoon).value();
  cache.forget_if([](const VerifiedToken& token) { return token.claims().subject == "alice"; });
  EXPECT_EQ(cache.size(), 1U);
  EXPECT_EQ(cache.verify(bob, kNoon).value(), of_bob);
  EXPECT_NE(cache.verify(alice, kNoon).value(), of_alice);
  EXPECT_EQ(of_alice->claims().subject, "alice") << "what was answered stays whole";
}

TEST_F(VerifiedTokenCache, ForgetsForEveryThread) {
  std::thread{[&] { is_accepted(alice); }}.join();
  is_accepted(bob);
  EXPECT_EQ(cache.size(), 2U);
  cache.forget_if([](const VerifiedToken& token) { return token.claims().subject == "alice"; });
  EXPECT_EQ(cache.size(), 1U);
  cache.forget_all();
  EXPECT_EQ(cache.size(), 0U);
}

TEST_F(VerifiedTokenCache, HoldsNoMoreThanItsCapacity) {
  for (const std::size_t capacity : {0U, 3U, 4U, 7U, 64U, 1000U}) {
    CachedTokenVerifier small{verifier, capacity};
    for (int i = 0; i < 2'000; ++i) {
      const auto token = token_for(std::to_string(i));
      const auto first = small.verify(token, kNoon).value();
      EXPECT_EQ(small.verify(token, kNoon).value() == first, capacity >= 4) << "the last one is there";
    }
    EXPECT_LE(small.size(), capacity);
  }
}

TEST_F(VerifiedTokenCache, HoldsNoMoreThanItsCapacityAfterManyTokens) {
  CachedTokenVerifier small{verifier, 256};
  for (int i = 0; i < 100'000; ++i) EXPECT_TRUE(small.verify(token_for(std::to_string(i)), kNoon));
  EXPECT_LE(small.size(), 256U);
  EXPECT_GT(small.size(), 0U);
}

TEST_F(VerifiedTokenCache, ForgetsTheOldestOfFourForAFifth) {
  CachedTokenVerifier small{verifier, 4};
  std::vector<std::string> tokens;
  for (int i = 0; i < 5; ++i) tokens.push_back(token_for(std::to_string(i)));
  std::vector<std::shared_ptr<const VerifiedToken>> answers;
  for (const auto& token : tokens) answers.push_back(small.verify(token, kNoon).value());
  for (std::size_t i = 1; i < tokens.size(); ++i) EXPECT_EQ(small.verify(tokens[i], kNoon).value(), answers[i]);
  EXPECT_NE(small.verify(tokens[0], kNoon).value(), answers[0]);
}

TEST_F(VerifiedTokenCache, DoesNotRememberALongToken) {
  const auto with_text_of = [](std::size_t size) {
    return token_of(R"({"exp":1767270600,"x":")" + std::string(size, 'x') + R"("})");
  };
  // One of the next three sizes that base64url can have.
  std::size_t size = 1;
  while (with_text_of(size + 1).size() <= CachedTokenVerifier::kLongestRemembered) ++size;
  EXPECT_TRUE(is_remembered(with_text_of(size)));
  EXPECT_FALSE(is_remembered(with_text_of(size + 1)));
  EXPECT_TRUE(is_accepted(with_text_of(size + 1)));
  EXPECT_EQ(cache.size(), 1U);
}

TEST_F(VerifiedTokenCache, AnswersManyThreadsWhileItForgetsAndKeysChange) {
  std::vector<std::string> tokens;
  for (int i = 0; i < 8; ++i) tokens.push_back(token_for(std::to_string(i)));
  std::atomic<int> wrong{0};
  const auto ask = [&] {
    for (int i = 0; i < 2'000; ++i) {
      const auto number = static_cast<std::size_t>(i) % tokens.size();
      const auto verified = cache.verify(tokens[number], kNoon);
      if (!verified || verified.value()->claims().subject != std::to_string(number)) ++wrong;
    }
  };
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) threads.emplace_back(ask);
    for (int i = 0; i < 200; ++i) {
      cache.forget_all();
      source->change_to(keys_of(test::kSecret));
      cache.forget_if([](const VerifiedToken& token) { return token.claims().subject == "3"; });
    }
  }
  EXPECT_EQ(wrong, 0);
  cache.forget_all();
  EXPECT_EQ(cache.size(), 0U);
}

// More threads than there are numbers for them.
TEST_F(VerifiedTokenCache, AnswersAHundredThreadsAtOnce) {
  std::atomic<int> answered{0};
  std::atomic<bool> starts{false};
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 100; ++i) {
      threads.emplace_back([&] {
        if (is_accepted(alice)) ++answered;
        starts.wait(false);
        if (is_accepted(alice)) ++answered;
      });
    }
    while (answered < 100) std::this_thread::yield();
    starts = true;
    starts.notify_all();
  }
  EXPECT_EQ(answered, 200);
}

}  // namespace
}  // namespace cardea
