#include "remote/freshness.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace cardea::web {
namespace {

using namespace std::chrono_literals;
using Fields = std::vector<std::string_view>;
using Seconds = std::optional<std::chrono::seconds>;

TEST(Freshness, IsMaxAge) {
  EXPECT_EQ(freshness_of(Fields{"max-age=300"}, {}), 300s);
  EXPECT_EQ(freshness_of(Fields{"public, Max-Age=300 ,must-revalidate"}, {}), 300s);
  EXPECT_EQ(freshness_of(Fields{"public", "max-age=300"}, {}), 300s);
  EXPECT_EQ(freshness_of(Fields{"max-age=0"}, {}), 0s);
  EXPECT_EQ(freshness_of(Fields{"max-age=99999999999999999999"}, {}), 2147483648s);
}

TEST(Freshness, IsNotSaidByOtherDirectives) {
  for (const auto* text : {"", " ", ",,", "public", "s-maxage=300", "x-max-age=300", "max-age-x=300"}) {
    EXPECT_EQ(freshness_of(Fields{text}, {}), Seconds{}) << text;
  }
  EXPECT_EQ(freshness_of({}, {}), Seconds{});
  EXPECT_EQ(freshness_of({}, Fields{"10"}), Seconds{});
}

TEST(Freshness, IsNoneWhenTheAnswerIsNotToBeKeptOrCannotBeUnderstood) {
  for (const auto* text :
       {"no-store", "no-cache", "No-Cache=\"x\"", "max-age=300, no-store", "max-age", "max-age=", "max-age=-1",
        "max-age=+1", "max-age=1.5", "max-age=0x10", "max-age=\"300\"", "max-age= 300", "max-age=300, max-age=300"}) {
    EXPECT_EQ(freshness_of(Fields{text}, {}), 0s) << text;
  }
  EXPECT_EQ(freshness_of(Fields{"max-age=300", "max-age=600"}, {}), 0s);
}

TEST(Freshness, IsLessByTheAge) {
  EXPECT_EQ(freshness_of(Fields{"max-age=300"}, Fields{"100"}), 200s);
  EXPECT_EQ(freshness_of(Fields{"max-age=300"}, Fields{"300"}), 0s);
  EXPECT_EQ(freshness_of(Fields{"max-age=300"}, Fields{"301"}), 0s);
  EXPECT_EQ(freshness_of(Fields{"max-age=300"}, Fields{"x"}), 0s);
  EXPECT_EQ(freshness_of(Fields{"max-age=300"}, Fields{"1", "2"}), 0s);
}

}  // namespace
}  // namespace cardea::web
