#include "base/json_scanner.hpp"

#include <gtest/gtest.h>

#include <string>

namespace cardea {
namespace {

TEST(JsonScanner, SkipsACharacterOnlyIfItIsNext) {
  JsonScanner json(" \t\r\n{ }");
  EXPECT_FALSE(json.skip('}'));
  EXPECT_TRUE(json.skip('{'));
  EXPECT_FALSE(json.at_end());
  EXPECT_TRUE(json.skip('}'));
  EXPECT_TRUE(json.at_end());
  EXPECT_FALSE(json.skip('}'));
}

TEST(JsonScanner, TakesWhiteSpaceForTheEndButNoOtherCharacter) {
  EXPECT_TRUE(JsonScanner("").at_end());
  EXPECT_TRUE(JsonScanner(" \t\r\n").at_end());
  for (const std::string_view text : {std::string_view{"\0", 1}, {"\v"}, {"\f"}, {" /"}, {"\xC2\xA0"}}) {
    EXPECT_FALSE(JsonScanner(text).at_end());
  }
}

TEST(JsonScanner, ReadsAStringWithoutEscapesAsAViewOfTheText) {
  const std::string text = "\"\" \"a b\"\"\x7F\xC3\xA9\"";
  JsonScanner json(text);
  EXPECT_EQ(json.plain_string(), "");
  const auto second = json.plain_string();
  EXPECT_EQ(second, "a b");
  EXPECT_EQ(second->data(), text.data() + 4);
  EXPECT_EQ(json.plain_string(), "\x7F\xC3\xA9");
  EXPECT_TRUE(json.at_end());
}

TEST(JsonScanner, LeavesEveryOtherString) {
  for (const auto* text : {R"("a\n")", R"("\u0061")", R"("\\")", "\"a\tb\"", "\"a", "\"", "\"a\xFF\"",
                           "\"\xED\xA0\x80\"", "'a'", "a", "1", ""}) {
    JsonScanner json(text);
    EXPECT_EQ(json.plain_string(), std::nullopt) << text;
    EXPECT_EQ(json.value_text(), text) << text;
  }
}

TEST(JsonScanner, ReadsAWholeNumberOfAtMostFifteenDigits) {
  JsonScanner json("0,1767268800 999999999999999]12}");
  EXPECT_EQ(json.plain_integer(), 0);
  EXPECT_TRUE(json.skip(','));
  EXPECT_EQ(json.plain_integer(), 1767268800);
  EXPECT_EQ(json.plain_integer(), 999'999'999'999'999);
  EXPECT_TRUE(json.skip(']'));
  EXPECT_EQ(json.plain_integer(), 12);
  EXPECT_TRUE(json.skip('}'));
}

TEST(JsonScanner, LeavesEveryOtherNumber) {
  for (const auto* text : {"-1", "-0", "1.0", "1e3", "1E3", "01", "00", "1000000000000000", "1x", "1\"", "1", "+1",
                           ".5", "\"1\"", "true", ""}) {
    JsonScanner json(text);
    EXPECT_EQ(json.plain_integer(), std::nullopt) << text;
    EXPECT_TRUE(json.value_text().starts_with(std::string_view{text}.substr(0, 1))) << text;
  }
}

TEST(JsonScanner, FindsTheEndOfAValue) {
  for (const auto* value : {R"("a")", R"("\"")", R"("\\")", R"("]},")", "1", "-1.5e+3", "true", "null", "[]", "{}",
                            "[[],[1]]", R"({"a":"}","b":["]\"",{"c":{}}]})"}) {
    for (const auto* rest : {"", ",1", "]", "}", " ,", "\n}"}) {
      const auto text = std::string("\t") + value + rest;
      EXPECT_EQ(JsonScanner(text).value_text(), value) << text;
    }
  }
}

TEST(JsonScanner, EndsAValueThatIsCutOffWithTheText) {
  for (const auto* text : {R"("a)", R"("a\)", R"("a\")", "[", "[1,[2]", R"({"a":"}")", R"([")"}) {
    JsonScanner json(text);
    EXPECT_EQ(json.value_text(), text) << text;
    EXPECT_TRUE(json.at_end()) << text;
  }
  EXPECT_EQ(JsonScanner("").value_text(), "");
  EXPECT_EQ(JsonScanner(",1").value_text(), "");
}

}  // namespace
}  // namespace cardea
