#include <gtest/gtest.h>

#include <cardea/core/base/short_text.hpp>
#include <string>

namespace cardea {
namespace {

using Text = ShortText<4>;

TEST(ShortText, KeepsWhatItIsGivenUpToItsLength) {
  EXPECT_EQ(Text{}.view(), "");
  EXPECT_EQ(Text{"ab"}.view(), "ab");
  EXPECT_EQ(Text{"abcd"}.view(), "abcd");
}

TEST(ShortText, ComparesAsItsTextDoes) {
  EXPECT_EQ(Text{"ab"}, Text{std::string("ab")});
  EXPECT_LT(Text{"ab"}, Text{"abc"});
  EXPECT_LT(Text{"ab"}, Text{"b"});
  EXPECT_LT(Text{}, Text{"a"});
}

TEST(ShortText, SharesNothingWithItsCopies) {
  auto original = Text{"ab"};
  const auto copy = original;
  original = Text{"cd"};
  EXPECT_EQ(copy.view(), "ab");
}

}  // namespace
}  // namespace cardea
