#include <gmock/gmock.h>

#include "run/address.hpp"

namespace cardea::web {
namespace {

bool trusts(std::string_view proxies, std::string_view address) {
  return TrustedProxies::parse(proxies).value().contains(bytes_of(parse_address(address).value()));
}

TEST(TrustedProxiesTest, AreNobodyUnlessNamed) {
  EXPECT_TRUE(TrustedProxies{}.is_nobody());
  EXPECT_TRUE(TrustedProxies::parse(" ").value().is_nobody());
  EXPECT_FALSE(trusts("", "127.0.0.1"));
}

TEST(TrustedProxiesTest, AreAddressesAndNetworks) {
  constexpr auto kProxies = "192.0.2.7, 10.0.0.0/8,198.51.100.128/25 , fd00::/8, 2001:db8::1";
  for (const auto* inside : {"192.0.2.7", "10.255.0.1", "198.51.100.128", "198.51.100.255", "fd12::9", "2001:db8::1"})
    EXPECT_TRUE(trusts(kProxies, inside)) << inside;
  for (const auto* outside : {"192.0.2.8", "11.0.0.1", "198.51.100.127", "fe80::1", "2001:db8::2", "::1"})
    EXPECT_FALSE(trusts(kProxies, outside)) << outside;
}

TEST(TrustedProxiesTest, SeeOneAddressInBothWaysToWriteIt) {
  EXPECT_TRUE(trusts("::ffff:192.0.2.7", "192.0.2.7"));
  EXPECT_TRUE(trusts("192.0.2.0/24", "::ffff:192.0.2.7"));
}

TEST(TrustedProxiesTest, OfEveryNetworkAreEveryone) {
  EXPECT_TRUE(trusts("0.0.0.0/0", "203.0.113.9"));
  EXPECT_FALSE(trusts("0.0.0.0/0", "2001:db8::1"));
  EXPECT_TRUE(trusts("::/0", "2001:db8::1"));
}

TEST(TrustedProxiesTest, OfUnixSocketsAreAWordOfTheirOwn) {
  EXPECT_TRUE(TrustedProxies::parse("unix").value().contains_unix_sockets());
  EXPECT_FALSE(TrustedProxies::parse("10.0.0.1").value().contains_unix_sockets());
}

TEST(TrustedProxiesTest, AreNotGuessedFromWhatIsNoNetwork) {
  for (const auto* wrong : {"localhost", "10.0.0.0/33", "10.0.0.1/8", "fd00::1/8", "10.0.0.0/", "10.0.0.0/-1", "10.0.0",
                            "fe80::1%eth0", "10.0.0.1,,10.0.0.2", "10.0.0.1,", "10.0.0.0/8/8", "Unix"})
    EXPECT_FALSE(TrustedProxies::parse(wrong).has_value()) << wrong;
}

}  // namespace
}  // namespace cardea::web
