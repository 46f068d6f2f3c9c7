#include <gtest/gtest.h>

#include <cardea/core/base/freshness.hpp>

namespace cardea {
namespace {

using namespace std::chrono_literals;

TEST(Freshness, LastsWithoutEndUntilSomebodySaysWhen) { EXPECT_TRUE(Freshness{}.lasts()); }

TEST(Freshness, IsOverFromTheMomentThatWasSaidAndLastsAgainOnceALaterOneIs) {
  Freshness freshness;
  const auto now = Freshness::Clock::now();
  freshness.last_until(now);
  EXPECT_FALSE(freshness.lasts());
  freshness.last_until(now + 1h);
  EXPECT_TRUE(freshness.lasts());
  freshness.end_now();
  EXPECT_FALSE(freshness.lasts());
}

}  // namespace
}  // namespace cardea
