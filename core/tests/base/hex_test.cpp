#include <gtest/gtest.h>

#include <cardea/core/base/hex.hpp>

namespace cardea {
namespace {

// RFC 4648 section 10.
TEST(Hex, WritesAndReadsTheVectorOfTheRfc) {
  EXPECT_EQ(to_hex("foobar"), "666f6f626172");
  EXPECT_EQ(from_hex("666F6F626172"), "foobar");
  EXPECT_EQ(from_hex("666f6f626172"), "foobar");
}

TEST(Hex, ReadsBackBytesWithTheHighestBit) {
  const std::string bytes{"\x00\x7F\x80\xFF", 4};
  EXPECT_EQ(to_hex(bytes), "007f80ff");
  EXPECT_EQ(from_hex("007f80ff"), bytes);
}

TEST(Hex, RefusesOddLengthsAndForeignCharacters) {
  for (const auto* text : {"0", "000", "0g", "g0", "0 ", "0x", "-1"}) EXPECT_EQ(from_hex(text), std::nullopt) << text;
}

}  // namespace
}  // namespace cardea
