#include <gtest/gtest.h>

#include <cardea/service/config/listen_address.hpp>

namespace cardea::service {
namespace {

TEST(ListenAddress, ReadsWhatItWrites) {
  for (const auto* text :
       {"127.0.0.1:8000", "0.0.0.0:80", "[::1]:8000", "[::]:0", "unix:/run/cardea.sock", "systemd"}) {
    const auto address = ListenAddress::parse(text);
    ASSERT_TRUE(address.has_value()) << text;
    EXPECT_EQ(address->text(), text);
  }
}

TEST(ListenAddress, TakesLocalhostForTheIpv4Loopback) {
  EXPECT_EQ(ListenAddress::parse("localhost:8000"), (ListenAddress{"127.0.0.1", 8000}));
}

TEST(ListenAddress, RefusesWhatIsNoAddressAndPort) {
  for (const auto* text :
       {"", "8000", ":8000", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "::1:8000", "[::1]",
        "[127.0.0.1]:80", "example.org:80", "127.0.0.1:80 ", "unix:", "systemd:1", "Systemd"}) {
    EXPECT_FALSE(ListenAddress::parse(text).has_value()) << text;
  }
}

TEST(ListenAddress, KnowsLoopback) {
  EXPECT_TRUE(ListenAddress::parse("127.8.8.8:1")->is_loopback());
  EXPECT_TRUE(ListenAddress::parse("[::1]:1")->is_loopback());
  EXPECT_TRUE(ListenAddress::parse("unix:a")->is_loopback());
  EXPECT_FALSE(ListenAddress::parse("systemd")->is_loopback()) << "nobody knows who reaches those sockets";
  EXPECT_FALSE(ListenAddress::parse("0.0.0.0:1")->is_loopback());
  EXPECT_FALSE(ListenAddress::parse("[::]:1")->is_loopback());
  EXPECT_FALSE(ListenAddress::parse("192.168.0.1:1")->is_loopback());
}

}  // namespace
}  // namespace cardea::service
