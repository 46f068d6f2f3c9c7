#include "diagnosis/check_keys.hpp"

#include <gtest/gtest.h>

namespace cardea::service {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

const Instant kNow = parse_instant("2026-06-01T12:00:00Z").value();

RingKey key(KeyState state, Instant signs_from) {
  return {.id = KeyId::parse("abc").value(),
          .algorithm = Algorithm::es256,
          .state = state,
          .created_at = signs_from,
          .signs_from = signs_from,
          .signs_until = {},
          .verifies_until = {}};
}

TEST(CheckSigningKey, SaysWhichSignsAndSinceWhen) {
  const auto finding = check_signing_key({key(KeyState::active, kNow - days{30})}, std::nullopt, kNow);
  EXPECT_EQ(finding.verdict, Verdict::ok);
  EXPECT_EQ(finding.what, "ES256 abc signs since 2026-05-02; it is succeeded by `cardea key rotate` only");
}

TEST(CheckSigningKey, WarnsOfAnOldOneThatNothingSucceeds) {
  EXPECT_EQ(check_signing_key({key(KeyState::active, kNow - days{365} + 1s)}, std::nullopt, kNow).verdict, Verdict::ok);
  EXPECT_EQ(check_signing_key({key(KeyState::active, kNow - days{365})}, std::nullopt, kNow).verdict, Verdict::warning);
}

TEST(CheckSigningKey, SaysWhenTheNextOneIsDue) {
  const std::vector keys{key(KeyState::active, kNow - days{30})};
  const auto finding = check_signing_key(keys, days{90}, kNow);
  EXPECT_EQ(finding.verdict, Verdict::ok);
  EXPECT_TRUE(finding.what.ends_with("the next one is due 2026-07-31")) << finding.what;
  EXPECT_EQ(check_signing_key(keys, days{30}, kNow).verdict, Verdict::ok) << "a server makes it at this moment";
  EXPECT_EQ(check_signing_key(keys, days{29}, kNow).verdict, Verdict::warning);
}

TEST(CheckSigningKey, KnowsOneThatIsUpcoming) {
  const std::vector keys{key(KeyState::active, kNow - days{400}), key(KeyState::upcoming, kNow + 10min)};
  const auto finding = check_signing_key(keys, std::nullopt, kNow);
  EXPECT_EQ(finding.verdict, Verdict::ok);
  EXPECT_TRUE(finding.what.ends_with("takes over at 2026-06-01T12:10:00Z")) << finding.what;
}

TEST(CheckSigningKey, FindsThatNoneSigns) {
  EXPECT_EQ(check_signing_key({key(KeyState::retired, kNow - days{1})}, std::nullopt, kNow).verdict, Verdict::problem);
}

}  // namespace
}  // namespace cardea::service
