#include "run/forwarded_address.hpp"

#include <gmock/gmock.h>

namespace cardea::web {
namespace {

using Fields = std::vector<RequestHead::Field>;

std::string client_in(const Fields& fields, ClientAddressSource source) {
  const auto proxies = TrustedProxies::parse("10.0.0.0/8, fd00::/8").value();
  const auto client = client_named_in(fields, proxies, source);
  return client ? client->to_string() : "nobody";
}

std::string by_x_forwarded_for(std::string_view value) {
  return client_in({{"X-Forwarded-For", value}}, ClientAddressSource::x_forwarded_for);
}

std::string by_forwarded(std::string_view value) {
  return client_in({{"Forwarded", value}}, ClientAddressSource::forwarded);
}

TEST(ForwardedAddressTest, IsTheLastOneThatNoTrustedProxyHas) {
  EXPECT_EQ(by_x_forwarded_for("203.0.113.9"), "203.0.113.9");
  EXPECT_EQ(by_x_forwarded_for("203.0.113.9, 10.1.2.3,10.9.9.9"), "203.0.113.9");
  EXPECT_EQ(by_x_forwarded_for("198.51.100.1, 203.0.113.9, 10.1.2.3"), "203.0.113.9");
}

TEST(ForwardedAddressTest, IsTheFirstProxyWhereThereAreOnlyProxies) {
  EXPECT_EQ(by_x_forwarded_for("10.1.2.3, 10.9.9.9"), "10.1.2.3");
}

TEST(ForwardedAddressTest, IsReadFromSeveralFieldsAsFromOne) {
  const Fields fields{
      {"x-forwarded-for", "198.51.100.1"}, {"Via", "1.1 a"}, {"X-FORWARDED-FOR", "203.0.113.9, 10.0.0.1"}};
  EXPECT_EQ(client_in(fields, ClientAddressSource::x_forwarded_for), "203.0.113.9");
}

TEST(ForwardedAddressTest, MayHaveAPort) {
  EXPECT_EQ(by_x_forwarded_for("203.0.113.9:4711"), "203.0.113.9");
  EXPECT_EQ(by_x_forwarded_for("2001:db8::9"), "2001:db8::9");
  EXPECT_EQ(by_x_forwarded_for("[2001:db8::9]:4711"), "2001:db8::9");
  EXPECT_EQ(by_x_forwarded_for("::ffff:203.0.113.9"), "203.0.113.9");
}

TEST(ForwardedAddressTest, EndsAtWhatIsNoAddress) {
  EXPECT_EQ(by_x_forwarded_for("203.0.113.9, unknown, 10.0.0.1"), "10.0.0.1");
  for (const auto* nobody :
       {"", "unknown", "203.0.113.9, ", "203.0.113.9, _hidden", "[2001:db8::9", "[]", "1.2.3.4:5:6"})
    EXPECT_EQ(by_x_forwarded_for(nobody), "nobody") << nobody;
}

// The examples of RFC 7239 section 4 and 7.1.
TEST(ForwardedAddressTest, IsReadAsRfc7239WritesIt) {
  EXPECT_EQ(by_forwarded("for=192.0.2.60;proto=http;by=203.0.113.43"), "192.0.2.60");
  EXPECT_EQ(by_forwarded("for=192.0.2.43, for=198.51.100.17"), "198.51.100.17");
  EXPECT_EQ(by_forwarded("For=\"[2001:db8:cafe::17]:4711\""), "2001:db8:cafe::17");
  EXPECT_EQ(by_forwarded("for=192.0.2.43,for=\"[fd00::17]\",for=10.0.0.1"), "192.0.2.43");
  EXPECT_EQ(by_forwarded("for=192.0.2.43, for=unknown"), "nobody");
  EXPECT_EQ(by_forwarded("proto=https;by=10.0.0.1"), "nobody");
}

TEST(ForwardedAddressTest, IsNotHiddenByAQuotationMarkThatTheClientSent) {
  EXPECT_EQ(by_forwarded("for=\"x, for=203.0.113.9"), "203.0.113.9");
  EXPECT_EQ(by_forwarded("for=\"x\\, for=\"[2001:db8::9]\""), "2001:db8::9");
  EXPECT_EQ(by_x_forwarded_for("\"x, 203.0.113.9"), "203.0.113.9");
}

TEST(ForwardedAddressTest, IsNotTakenFromWithinAQuotedString) {
  EXPECT_EQ(by_forwarded("for=203.0.113.9;host=\"a, for=198.51.100.1\""), "203.0.113.9");
  EXPECT_EQ(by_forwarded("host=\"a\\\";for=198.51.100.1\";for=203.0.113.9"), "203.0.113.9");
}

TEST(ForwardedAddressTest, IsReadFromTheHeaderThatIsConfiguredAlone) {
  const Fields both{{"X-Forwarded-For", "198.51.100.1"}, {"Forwarded", "for=203.0.113.9"}};
  EXPECT_EQ(client_in(both, ClientAddressSource::x_forwarded_for), "198.51.100.1");
  EXPECT_EQ(client_in(both, ClientAddressSource::forwarded), "203.0.113.9");
  EXPECT_EQ(client_in(both, ClientAddressSource::proxy_protocol), "nobody");
}

}  // namespace
}  // namespace cardea::web
