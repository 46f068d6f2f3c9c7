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
  EXPECT_EQ(printable("\u061c\u200e\u200f\u2028\u2029"), "?????");
  // U+202A, U+202E, U+2066 and U+2069, which no source should have in one piece.
  for (const char last : {'\xAA', '\xAE'}) EXPECT_EQ(printable(std::string{"\xE2\x80"} + last), "?");
  for (const char last : {'\xA6', '\xA9'}) EXPECT_EQ(printable(std::string{"\xE2\x81"} + last), "?");
  EXPECT_EQ(printable("\u061b\u200d\u2010\u2027\u202f\u2065\u206a\u00a0"),
            "\u061b\u200d\u2010\u2027\u202f\u2065\u206a\u00a0");
  EXPECT_EQ(printable("\U0001F512\U0010FFFF\uFFFD"), "\U0001F512\U0010FFFF\uFFFD");
}

TEST(Printable, ShowsNoByteThatIsNotUtf8) {
  EXPECT_EQ(printable("a\x9b\xffz"), "a??z");
  EXPECT_EQ(printable("\xc0\xaf\xe2\x82"), "????");
  EXPECT_EQ(printable("\xed\xa0\x80"), "???");
}

}  // namespace
}  // namespace cardea::cli
