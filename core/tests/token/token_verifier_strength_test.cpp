// What a table of cases does not reach: mutations by the thousand, and many threads at once.
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <cardea/core/token/token_signer.hpp>
#include <cardea/core/token/token_verifier.hpp>
#include <random>
#include <thread>
#include <vector>

#include "token/signed_text.hpp"

namespace cardea {
namespace {

using namespace std::chrono_literals;
using test::kNoon;

std::string token_for(std::string_view subject, const HmacKey& key) {
  Claims claims;
  claims.subject = subject;
  claims.role = "admin";
  claims.issued_at = kNoon;
  claims.expires_at = kNoon + 30min;
  return TokenSigner{SigningKey{key}}.sign(claims).value();
}

TokenVerifier verifier_of(const HmacKey& key) {
  return TokenVerifier{VerificationKeySet{VerificationKey{key}}, TokenPolicy::tutorial()};
}

class Mutator {
 public:
  explicit Mutator(unsigned seed) : random_(seed) {}

  // One to three changes: a byte replaced, inserted, left out or doubled, a tail cut off, two places swapped.
  std::string operator()(std::string text) {
    for (auto changes = below(3) + 1; changes > 0; --changes) change(text);
    return text;
  }

 private:
  std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>{0, bound - 1}(random_); }
  char letter() {
    constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ ";
    return below(8) == 0 ? static_cast<char>(below(256)) : kAlphabet[below(kAlphabet.size())];
  }
  void change(std::string& text) {
    if (text.empty()) return text.push_back(letter());
    const auto at = below(text.size());
    switch (below(6)) {
      case 0: text[at] = letter(); break;
      case 1: text.insert(at, 1, letter()); break;
      case 2: text.erase(at, 1); break;
      case 3: text.insert(at, 1, text[at]); break;
      case 4: text.resize(at); break;
      default: std::swap(text[at], text[below(text.size())]); break;
    }
  }

  std::mt19937 random_;
};

TEST(TokenVerifier, RefusesTenThousandMutationsOfGoodTokens) {
  const auto key = test::key_of();
  const auto verifier = verifier_of(key);
  const std::array originals{token_for("alice", key), test::signed_text(test::kPlainHeader, R"({"exp":1767270600})")};
  Mutator mutate(20260101);
  int tried = 0;
  while (tried < 10'000) {
    const auto& original = originals[static_cast<std::size_t>(tried) % originals.size()];
    const auto mutation = mutate(original);
    if (mutation == original) continue;
    ++tried;
    ASSERT_FALSE(verifier.verify(mutation, kNoon)) << mutation;
  }
  for (const auto& original : originals) EXPECT_TRUE(verifier.verify(original, kNoon));
}

// The signature holds, so that whatever the mutation made reaches the readers of header and claims.
TEST(TokenVerifier, SurvivesTenThousandMutationsThatAreSigned) {
  const auto verifier = verifier_of(test::key_of());
  constexpr std::string_view kClaims =
      R"({"sub":"alice","iat":1767268800,"nbf":1.5e9,"exp":1767270600,"x":{"y":[1,null,true,"\u00e9"]}})";
  Mutator mutate(20260102);
  int accepted = 0;
  for (int i = 0; i < 10'000; ++i) {
    const auto header = i % 2 == 0 ? mutate(std::string(test::kPlainHeader)) : std::string(test::kPlainHeader);
    const auto claims = i % 2 == 0 ? std::string(kClaims) : mutate(std::string(kClaims));
    const auto token = verifier.verify(test::signed_text(header, claims), kNoon);
    if (!token) continue;
    ++accepted;
    ASSERT_GT(token->claims().expires_at.value(), NumericDate{kNoon}) << claims;
  }
  EXPECT_GT(accepted, 0);
}

TEST(TokenVerifier, AndItsSignerServeManyThreadsAtOnce) {
  const auto key = test::key_of();
  const auto verifier = verifier_of(key);
  const auto forged = token_for("alice", test::key_of("another-secret-of-thirty-two-bytes"));
  std::atomic<int> wrong = 0;
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 4; ++thread) {
      threads.emplace_back([&, subject = "user" + std::to_string(thread)] {
        const TokenSigner signer{SigningKey{key}};
        for (int i = 0; i < 500; ++i) {
          const auto token = verifier.verify(token_for(subject, key), kNoon);
          if (!token || token->claims().subject != subject) ++wrong;
          if (verifier.verify(forged, kNoon)) ++wrong;
        }
      });
    }
  }
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace cardea
