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

using Removable = std::optional<std::optional<std::string>>;

TEST(JsonCodec, TellsAMemberThatIsNullFromOneThatIsAbsent) {
  const auto read = [](std::string_view json) {
    Removable value;
    JsonReading reading{"/body/email"};
    read_json(boost::json::parse(json), value, reading);
    EXPECT_TRUE(reading.take_errors().empty());
    return value;
  };
  EXPECT_EQ(Removable{}, std::nullopt) << "as it is where nothing is read";
  EXPECT_EQ(read("null"), Removable{std::optional<std::string>{}});
  EXPECT_EQ(read("\"a@b\""), Removable{"a@b"});
  EXPECT_EQ(to_json(Removable{"a@b"}), "\"a@b\"");
  EXPECT_EQ(to_json(Removable{}), "null");
}

}  // namespace
}  // namespace cardea::web
