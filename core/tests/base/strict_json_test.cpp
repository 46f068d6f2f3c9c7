#include <gtest/gtest.h>

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/serialize.hpp>
#include <cardea/core/base/strict_json.hpp>
#include <limits>

namespace cardea {
namespace {

namespace json = boost::json;

std::string nested_arrays(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

bool refuses(std::string_view text, StrictJsonLimits limits = {}) {
  const auto value = parse_strict_json(text, limits);
  return !value && value.error().code() == ErrorCode::json_malformed;
}

TEST(StrictJson, ReadsTheExampleOfTheRfc) {
  // RFC 8259 section 13, shortened.
  const auto value = parse_strict_json(R"({"Image": {"Width": 800, "Title": "View from 15th Floor",
      "Thumbnail": {"Url": "http://www.example.com/image/481989943", "Height": 125},
      "Animated": false, "IDs": [116, 943, 234, 38793]}})");
  ASSERT_TRUE(value);
  EXPECT_EQ(value->at_pointer("/Image/IDs/3").as_int64(), 38793);
  EXPECT_EQ(value->at_pointer("/Image/Thumbnail/Height").as_int64(), 125);
  EXPECT_FALSE(value->at_pointer("/Image/Animated").as_bool());
}

TEST(StrictJson, ReadsAnyKindOfValueWithWhiteSpaceAroundIt) {
  for (const auto* text :
       {"null", "true", " 1 ", "\t\"a\"\r\n", "[]", "{}", R"({"a":{"a":{"a":1}}})", R"([{"a":1},{"a":1}])",
        R"({"a":1,"A":1,"":1})", "\"\xF0\x9F\x94\x91\"", R"("\ud83d\udd11")"}) {
    EXPECT_TRUE(parse_strict_json(text)) << text;
  }
}

TEST(StrictJson, RefusesARepeatedMemberNameAtAnyDepthAndInAnySpelling) {
  for (const auto* text :
       {R"({"a":1,"a":1})", R"({"a":1,"b":2,"a":{"c":3}})", R"({"a":1,"\u0061":2})", R"([[{"x":{"a":1,"a":2}}]])",
        R"({"":1,"":2})", R"({"a":{"b":1},"a":{"b":1}})", R"({"a":{"b":1,"b":2},"a":{"b":1}})"}) {
    EXPECT_TRUE(refuses(text)) << text;
  }
}

TEST(StrictJson, RefusesARepeatedMemberNameInALargeObject) {
  std::string text = "{";
  for (int i = 0; i < 500; ++i) text += '"' + std::to_string(i) + R"(":0,)";
  EXPECT_TRUE(parse_strict_json(text + R"("500":0})"));
  EXPECT_TRUE(refuses(text + R"("250":0})"));
}

TEST(StrictJson, RefusesWhatIsNotJson) {
  for (const auto* text :
       {"",      " ",    "{",        "[1,]",   R"({"a":1,})", "{a:1}",       "{'a':1}",     "// c\n1",
        "/**/1", "NaN",  "Infinity", "-",      "01",          "+1",          ".5",          "1.",
        "1e",    "0x10", "\"a",      "\"\t\"", R"("\x41")",   R"("\ud83d")", R"("\udd11")", "\xEF\xBB\xBF{}",
        "tru",   "True"}) {
    EXPECT_TRUE(refuses(text)) << text;
  }
}

TEST(StrictJson, RefusesAnythingAfterTheValue) {
  for (const std::string_view text : {std::string_view{"{}{}"}, {"1 2"}, {"{},"}, {"[]]"}, {"{}\0", 3}, {"null x"}}) {
    EXPECT_TRUE(refuses(text)) << text;
  }
}

TEST(StrictJson, RefusesInvalidUtf8) {
  // Alone, overlong, surrogate, beyond U+10FFFF, cut off; in a value and in a name.
  for (const auto* bytes : {"\x80", "\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80",
                            "\xE2\x82", "\xFF"}) {
    EXPECT_TRUE(refuses('"' + std::string(bytes) + '"'));
    EXPECT_TRUE(refuses("{\"" + std::string(bytes) + "\":1}"));
  }
}

TEST(StrictJson, CountsDepthExactly) {
  EXPECT_TRUE(parse_strict_json("1", {.max_depth = 0}));
  EXPECT_TRUE(refuses("[]", {.max_depth = 0}));
  EXPECT_TRUE(parse_strict_json(nested_arrays(8), {.max_depth = 8}));
  EXPECT_TRUE(refuses(nested_arrays(9), {.max_depth = 8}));
  EXPECT_TRUE(parse_strict_json(R"({"a":[{"a":[]}]})", {.max_depth = 4}));
  EXPECT_TRUE(refuses(R"({"a":[{"a":[[]]}]})", {.max_depth = 4}));
  EXPECT_TRUE(refuses(nested_arrays(100'000)));
}

TEST(StrictJson, CountsSizeExactly) {
  EXPECT_TRUE(parse_strict_json("\"abc\"", {.max_size = 5}));
  EXPECT_TRUE(refuses("\"abcd\"", {.max_size = 5}));
  EXPECT_TRUE(refuses("1    ", {.max_size = 4}));
}

TEST(StrictJson, KeepsTheKindsOfNumbersApart) {
  EXPECT_EQ(parse_strict_json("9223372036854775807")->as_int64(), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(parse_strict_json("-9223372036854775808")->as_int64(), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(parse_strict_json("18446744073709551615")->as_uint64(), std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(parse_strict_json("18446744073709551616")->as_double(), 18446744073709551616.0);
  EXPECT_EQ(parse_strict_json("1.0")->as_double(), 1.0);
  EXPECT_EQ(parse_strict_json("1e3")->as_double(), 1000.0);
}

TEST(StrictJson, ReadsTheNearestDouble) {
  for (const double number :
       {0.1, 1700000000.123456, 2.2250738585072014e-308, 1.7976931348623157e308, -5e-324, 9007199254740993.0}) {
    char text[64];
    snprintf(text, sizeof text, "%.17g", number);
    const auto value = parse_strict_json(std::string(text) +
                                         (std::string_view{text}.find_first_of(".e") == std::string::npos ? ".0" : ""));
    ASSERT_TRUE(value) << text;
    EXPECT_EQ(value->as_double(), number) << text;
  }
  EXPECT_EQ(parse_strict_json("1e-400")->as_double(), 0.0);
}

TEST(StrictJson, RefusesANumberThatNoFiniteDoubleHolds) {
  for (const auto& text :
       {std::string("1e400"), std::string("-1e400"), std::string("1.8e308"), "1" + std::string(400, '0'),
        std::string("1e99999999999999999999"), R"({"exp":1e309})" + std::string()}) {
    EXPECT_TRUE(refuses(text)) << text;
  }
}

TEST(StrictJson, BuildsInTheStorageItIsGiven) {
  unsigned char arena[4096];
  json::monotonic_resource resource(arena, sizeof arena);
  const auto value =
      parse_strict_json(R"({"a":["a string that is too long for its own small buffer"]})", {}, &resource);
  ASSERT_TRUE(value);
  EXPECT_EQ(value->storage().get(), &resource);
  EXPECT_EQ(value->at_pointer("/a/0").storage().get(), &resource);
}

TEST(StrictJson, NeverRepeatsTheTextInItsError) {
  EXPECT_EQ(parse_strict_json(R"({"password":"hunter2",})").error().private_text().find("hunter2"),
            std::string_view::npos);
}

}  // namespace
}  // namespace cardea
