#include "terminal/printable.hpp"

#include <gtest/gtest.h>

namespace cardea::cli {
namespace {

TEST(Printable, KeepsWhatCanBeRead) {
  EXPECT_EQ(printable(""), "");
  EXPECT_EQ(printable("Mozilla/5.0 (X11; ~) \"\\"), "Mozilla/5.0 (X11; ~) \"\\");
  EXPECT_EQ(printable("gr\u00fc\u00df\u00a0\u2027\u20ac \U0001F600"), "gr\u00fc\u00df\u00a0\u2027\u20ac \U0001F600");
}

TEST(Printable, ShowsNoControlCharacter) {
  EXPECT_EQ(printable(std::string_view{"\0\t\n\r\x1b[2J\x1f\x7f", 10}), "?????[2J??");
  EXPECT_EQ(printable("\u0080\u009b2J\u009f"), "??2J?");
}

TEST(Printable, ShowsNothingThatMovesOtherText) {
  EXPECT_EQ(printable("\u061c\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069"), "?????????");
}

TEST(Printable, ShowsNoByteThatIsNotUtf8) {
  EXPECT_EQ(printable("a\x9b\xffz"), "a??z");
  EXPECT_EQ(printable("\xc0\xaf\xe2\x82"), "????");
  EXPECT_EQ(printable("\xed\xa0\x80"), "???");
}

}  // namespace
}  // namespace cardea::cli
