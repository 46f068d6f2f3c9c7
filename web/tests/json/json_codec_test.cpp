#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cardea/web/json/json_codec.hpp>
#include <limits>

namespace cardea::web {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

template <class T>
std::string written(const T& value) {
  std::string out;
  write_json(out, value);
  return out;
}

TEST(JsonCodec, WritesNullForANumberThatJsonDoesNotHave) {
  EXPECT_EQ(written(std::vector<double>{kNan, 0.5, kInfinity, -kInfinity}), "[null,0.5,null,null]");
}

TEST(JsonCodec, WritesNullForSuchANumberAnywhereInAValue) {
  const boost::json::value value{
      {"a", kNan},
      {"b", boost::json::array{-kInfinity, boost::json::object{{"c", kInfinity}, {"d", 1.5}}}},
      {"e", "x"}};
  const auto text = written(value);
  EXPECT_EQ(boost::json::parse(text), boost::json::parse(R"({"a":null,"b":[null,{"c":null,"d":1.5}],"e":"x"})"))
      << text;
}

TEST(JsonCodec, WritesAValueOfFiniteNumbersAsItIs) {
  const auto value = boost::json::parse(R"({"a":[1,-2,0.25,1e300],"b":{"c":null,"d":true}})");
  EXPECT_EQ(boost::json::parse(written(value)), value);
}

}  // namespace
}  // namespace cardea::web
