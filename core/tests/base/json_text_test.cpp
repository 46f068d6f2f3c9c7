#include <gtest/gtest.h>

#include <cardea/core/base/json_text.hpp>

namespace cardea {
namespace {

std::string json(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

TEST(AppendJsonString, EscapesWhatRfc8259Asks) {
  EXPECT_EQ(json("say \"hi\" \\ \n\r\t\x01"), R"("say \"hi\" \\ \n\r\t\u0001")");
}

TEST(AppendJsonString, KeepsUtf8AndEscapesInvisibleControls) {
  EXPECT_EQ(json("gr\u00fc\u00df \U0001F600"), "\"gr\u00fc\u00df \U0001F600\"");
  EXPECT_EQ(json("\x7F\xC2\x85"), R"("\u007f\u0085")");
}

TEST(AppendJsonString, KeepsWhatStandsBetweenEscapes) {
  EXPECT_EQ(json(""), "\"\"");
  EXPECT_EQ(json("\"ab\\cd\xFF\x1F"
                 "ef~\u00e9gh"),
            "\"\\\"ab\\\\cd\xEF\xBF\xBD\\u001f"
            "ef~\u00e9gh\"");
}

TEST(AppendJsonString, ReplacesBytesThatAreNotUtf8) { EXPECT_EQ(json("a\xFFz"), "\"a\xEF\xBF\xBDz\""); }

// The ill-formed sequences of the Unicode standard, table 3-8 and around.
TEST(IsUtf8, RefusesOverlongFormsSurrogatesAndTruncation) {
  for (const auto* text :
       {"\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80", "\xE2\x82", "\x80"}) {
    EXPECT_FALSE(is_utf8(text));
  }
  EXPECT_FALSE(is_utf8("an ASCII start\xC0\xAF"));
  EXPECT_TRUE(is_utf8("ASCII only"));
  EXPECT_TRUE(is_utf8("\xF4\x8F\xBF\xBF\xED\x9F\xBF"));
}

}  // namespace
}  // namespace cardea
