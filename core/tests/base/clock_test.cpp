#include <gtest/gtest.h>

#include <cardea/core/base/clock.hpp>

namespace cardea {
namespace {

using namespace std::chrono_literals;

// The examples of RFC 3339 section 5.8.
TEST(ParseInstant, ReadsTheExamplesOfTheRfc) {
  EXPECT_EQ(parse_instant("1985-04-12T23:20:50.52Z").value(), Instant{482196050s + 520ms});
  EXPECT_EQ(parse_instant("1996-12-19T16:39:57-08:00").value(), parse_instant("1996-12-20T00:39:57Z").value());
  EXPECT_EQ(parse_instant("1937-01-01T12:00:27.87+00:20").value(), parse_instant("1937-01-01T11:40:27.87Z").value());
}

TEST(ParseInstant, ReadsWholeSecondsSince1970) {
  EXPECT_EQ(parse_instant("1767268800").value(), parse_instant("2026-01-01T12:00:00Z").value());
}

TEST(ParseInstant, RefusesWhatIsNoTime) {
  for (const auto* text : {"", "-1", "noon", "2026-02-30T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T12:00:00",
                           "2026-01-01T12:00:00.Z", "2026-01-01T12:00:00Zx", "99999999999999"}) {
    EXPECT_FALSE(parse_instant(text).has_value()) << text;
  }
}

TEST(ToRfc3339, WritesWhatParseInstantReads) {
  for (const auto* text : {"2026-01-01T12:00:00Z", "1969-12-31T23:59:59Z", "2026-01-01T12:00:00.000001Z"}) {
    EXPECT_EQ(to_rfc3339(parse_instant(text).value()), text);
  }
}

}  // namespace
}  // namespace cardea
