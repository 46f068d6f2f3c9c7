#include <gtest/gtest.h>

#include <cardea/core/session/refresh_family.hpp>
#include <cardea/core/token/opaque_token.hpp>

namespace cardea {
namespace {

using namespace std::chrono_literals;
using Standing = RefreshFamily::Standing;

const Instant kNoon = parse_instant("2026-01-01T12:00:00Z").value();
constexpr auto kGrace = 10s;

RefreshToken copy_of(const RefreshToken& token) {
  return {.handle = token.handle.clone(), .generation = token.generation, .secret = token.secret.clone()};
}

// A family and all its tokens so far, the one that counts last.
struct Lineage {
  RefreshFamily family;
  std::vector<RefreshToken> tokens;

  static Lineage started() {
    auto [family, first] = RefreshFamily::start();
    Lineage lineage{std::move(family), {}};
    lineage.tokens.push_back(std::move(first));
    return lineage;
  }
  void exchange_at(Instant now) {
    auto [next, successor] = family.exchange(tokens.back(), now, kGrace);
    family = std::move(next);
    tokens.push_back(std::move(successor));
  }
  Standing standing(std::size_t token, Instant now) const { return family.standing_of(tokens[token], now, kGrace); }
};

TEST(RefreshFamily, StartsWithATokenThatCounts) {
  const auto lineage = Lineage::started();
  EXPECT_EQ(lineage.standing(0, kNoon), Standing::current);
  EXPECT_EQ(RefreshFamily::handle_digest_of(lineage.tokens[0]), lineage.family.handle_digest());
}

TEST(RefreshFamily, HoldsNoTokenThatCounts) {
  auto lineage = Lineage::started();
  lineage.exchange_at(kNoon);
  const auto& family = lineage.family;
  for (const auto& token : lineage.tokens) {
    const auto secret = token.secret.expose();
    EXPECT_NE(family.secret_digest(), secret);
    EXPECT_NE(family.successions().front().salt, secret);
    EXPECT_NE(family.handle_digest(), token.handle.expose());
  }
  EXPECT_EQ(family.secret_digest(), digest_of(lineage.tokens[1].secret));
}

TEST(RefreshFamily, ATokenThatWasExchangedIsSupersededUpToTheGraceAndReusedFromThenOn) {
  auto lineage = Lineage::started();
  lineage.exchange_at(kNoon);
  EXPECT_EQ(lineage.standing(1, kNoon), Standing::current);
  EXPECT_EQ(lineage.standing(0, kNoon), Standing::superseded);
  EXPECT_EQ(lineage.standing(0, kNoon + kGrace - 1us), Standing::superseded);
  EXPECT_EQ(lineage.standing(0, kNoon + kGrace), Standing::reused);
}

TEST(RefreshFamily, LeadsFromASupersededTokenToTheOneThatCounts) {
  auto lineage = Lineage::started();
  for (const auto at : {kNoon, kNoon + 100ms, kNoon + 2s, kNoon + 2s, kNoon + 9s}) lineage.exchange_at(at);
  const auto now = kNoon + 9s;
  for (std::size_t i = 0; i + 1 < lineage.tokens.size(); ++i) {
    ASSERT_EQ(lineage.standing(i, now), Standing::superseded) << i;
    const auto current = lineage.family.current_for(lineage.tokens[i]);
    EXPECT_EQ(current.secret.expose(), lineage.tokens.back().secret.expose()) << i;
    EXPECT_EQ(current.generation, 5U);
  }
}

TEST(RefreshFamily, ForgetsWhatIsBeyondTheGraceAndKnowsItAsReused) {
  auto lineage = Lineage::started();
  lineage.exchange_at(kNoon);
  lineage.exchange_at(kNoon + 20s);
  EXPECT_EQ(lineage.family.successions().size(), 1U);
  EXPECT_EQ(lineage.standing(0, kNoon + 20s), Standing::reused);
  EXPECT_EQ(lineage.standing(1, kNoon + 20s), Standing::superseded);
}

TEST(RefreshFamily, StaysSmallHoweverFastItIsExchanged) {
  auto lineage = Lineage::started();
  for (int i = 0; i < 20'000; ++i) lineage.exchange_at(kNoon + i * 1ms);
  EXPECT_LE(lineage.family.successions().size(), 41U);
  EXPECT_EQ(lineage.family.current_for(lineage.tokens[19'000]).secret.expose(), lineage.tokens.back().secret.expose());
  EXPECT_EQ(lineage.standing(10'500, kNoon + 20s), Standing::superseded);
  EXPECT_EQ(lineage.standing(9'000, kNoon + 20s), Standing::reused);
}

TEST(RefreshFamily, KnowsATokenThatItNeverGaveOut) {
  auto lineage = Lineage::started();
  lineage.exchange_at(kNoon);
  auto forged = copy_of(lineage.tokens[1]);
  forged.secret = Secret{std::string(32, 'x')};
  for (const std::uint32_t generation : {0U, 1U, 2U, 4'000'000'000U}) {
    forged.generation = generation;
    EXPECT_EQ(lineage.family.standing_of(forged, kNoon, kGrace), Standing::foreign) << generation;
  }
  auto shifted = copy_of(lineage.tokens[1]);
  shifted.generation = 0;
  EXPECT_EQ(lineage.family.standing_of(shifted, kNoon, kGrace), Standing::foreign);
}

TEST(RefreshFamily, ForgivesAClockThatIsSetBackByLessThanTheGrace) {
  auto lineage = Lineage::started();
  lineage.exchange_at(kNoon);
  EXPECT_EQ(lineage.standing(0, kNoon - 5s), Standing::superseded);
  EXPECT_EQ(lineage.standing(1, kNoon - 24h), Standing::current);
  EXPECT_EQ(lineage.standing(0, kNoon - 24h), Standing::reused);
  lineage.exchange_at(kNoon - 5s);
  lineage.exchange_at(kNoon - 4s);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(lineage.family.current_for(lineage.tokens[i]).secret.expose(), lineage.tokens.back().secret.expose());
  }
}

TEST(RefreshFamily, TwoFamiliesHaveNothingInCommon) {
  const auto one = Lineage::started();
  const auto other = Lineage::started();
  EXPECT_NE(one.family.handle_digest(), other.family.handle_digest());
  EXPECT_EQ(one.family.standing_of(other.tokens[0], kNoon, kGrace), Standing::foreign);
}

}  // namespace
}  // namespace cardea
