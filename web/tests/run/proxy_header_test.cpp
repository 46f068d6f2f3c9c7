#include "run/proxy_header.hpp"

#include <gmock/gmock.h>

namespace cardea::web {
namespace {

using namespace std::string_literals;

// "192.0.2.1, 45 bytes", "nobody, 13 bytes", "more", "refused".
std::string read(const std::string& bytes) {
  const auto header = parse_proxy_header(bytes);
  if (!header) return "refused";
  if (!*header) return "more";
  const auto& client = (*header)->client;
  return (client ? client->to_string() : "nobody") + ", " + std::to_string((*header)->size) + " bytes";
}

const std::string kStart2 = "\r\n\r\n\0\r\nQUIT\n"s;
const std::string kIpv4 = "\xC0\x00\x02\x01\x0A\x00\x00\x01\x10\x00\x01\xBB"s;  // 192.0.2.1 to 10.0.0.1, 4096 to 443

// The command and the family as bytes, and what their addresses are.
std::string version_2(const char* command_and_family, const std::string& addresses) {
  return kStart2 + std::string(command_and_family, 2) + static_cast<char>(addresses.size() / 256) +
         static_cast<char>(addresses.size() % 256) + addresses;
}

// The examples of the specification, section 2.1.
TEST(ProxyHeaderTest, OfVersion1NamesTheClient) {
  EXPECT_EQ(read("PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535\r\nGET /"), "255.255.255.255, 56 bytes");
  EXPECT_EQ(read("PROXY TCP6 2001:db8::1 ::1 65535 65535\r\n"), "2001:db8::1, 40 bytes");
  EXPECT_EQ(read("PROXY UNKNOWN\r\n"), "nobody, 15 bytes");
  EXPECT_EQ(read("PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535\r\n"), "nobody, 59 bytes");
}

TEST(ProxyHeaderTest, OfVersion1IsOneLineOfAtMost107Bytes) {
  EXPECT_EQ(read("PROXY UNKNOWN " + std::string(91, 'x') + "\r\n"), "nobody, 107 bytes");
  EXPECT_EQ(read("PROXY UNKNOWN " + std::string(92, 'x') + "\r\n"), "refused");
  EXPECT_EQ(read("PROXY UNKNOWN " + std::string(92, 'x')), "more");
  EXPECT_EQ(read("PROXY UNKNOWN " + std::string(93, 'x')), "refused");
}

TEST(ProxyHeaderTest, OfVersion1IsStrict) {
  for (const auto* wrong :
       {"PROXY TCP4 2001:db8::1 ::1 1 2\r\n", "PROXY TCP6 192.0.2.1 192.0.2.2 1 2\r\n",
        "PROXY UDP4 1.2.3.4 1.2.3.4 1 2\r\n", "PROXY TCP4 1.2.3.4 1.2.3.4 1\r\n",
        "PROXY TCP4 1.2.3.4 1.2.3.4 1 65536\r\n", "PROXY TCP4 1.2.3.4 1.2.3.4 1 2 3\r\n",
        "PROXY TCP4  1.2.3.4 1.2.3.4 1 2\r\n", "PROXY TCP4 1.2.3.4 x 1 2\r\n", "PROXY tcp4 1.2.3.4 1.2.3.4 1 2\r\n",
        "PROXY TCP4 1.2.3.4 1.2.3.4 +1 2\r\n", "PROXY \r\n", "PROXY TCP4 1.2.3.4 1.2.3.4 1 2\n\r\n"})
    EXPECT_EQ(read(wrong), "refused") << wrong;
}

TEST(ProxyHeaderTest, OfVersion2NamesTheClient) {
  EXPECT_EQ(read(version_2("\x21\x11", kIpv4)), "192.0.2.1, 28 bytes");
  const auto ipv6 = "\x20\x01\x0d\xb8"s + std::string(11, '\0') + "\x09"s + std::string(16, '\0') + "\x10\x00\x01\xBB"s;
  EXPECT_EQ(read(version_2("\x21\x21", ipv6)), "2001:db8::9, 52 bytes");
}

TEST(ProxyHeaderTest, OfVersion2MayHaveMoreBehindTheAddresses) {
  const auto with_more = kIpv4 + "\x04\x00\x03xyz"s;
  EXPECT_EQ(read(version_2("\x21\x11", with_more)), "192.0.2.1, 34 bytes");
  EXPECT_EQ(read(version_2("\x21\x11", with_more) + "GET /"), "192.0.2.1, 34 bytes");
  EXPECT_EQ(read(version_2("\x21\x11", std::string(4080, '\1'))), "1.1.1.1, 4096 bytes");
}

TEST(ProxyHeaderTest, OfVersion2MayBeTheProxysOwn) {
  EXPECT_EQ(read(version_2("\x20\x00", "")), "nobody, 16 bytes");
  EXPECT_EQ(read(version_2("\x20\x11", kIpv4)), "nobody, 28 bytes");
  EXPECT_EQ(read(version_2("\x21\x00", "abc")), "nobody, 19 bytes");
  EXPECT_EQ(read(version_2("\x21\x31", std::string(216, 'a'))), "nobody, 232 bytes");
}

TEST(ProxyHeaderTest, OfVersion2IsStrict) {
  EXPECT_EQ(read(version_2("\x11\x11", kIpv4)), "refused") << "version 1";
  EXPECT_EQ(read(version_2("\x22\x11", kIpv4)), "refused") << "an unknown command";
  EXPECT_EQ(read(version_2("\x21\x12", kIpv4)), "refused") << "UDP";
  EXPECT_EQ(read(version_2("\x21\x11", kIpv4.substr(1))), "refused") << "too short for IPv4";
  EXPECT_EQ(read(version_2("\x21\x21", kIpv4)), "refused") << "too short for IPv6";
  EXPECT_EQ(read(version_2("\x21\x31", kIpv4)), "refused") << "too short for Unix";
  EXPECT_EQ(read(version_2("\x21\x11", std::string(4081, '\1'))), "refused") << "too long";
}

TEST(ProxyHeaderTest, IsWaitedForByteByByte) {
  for (const auto& whole : {"PROXY TCP4 1.2.3.4 1.2.3.4 1 2\r\n"s, version_2("\x21\x11", kIpv4 + "more")}) {
    for (std::size_t size = 0; size < whole.size(); ++size) EXPECT_EQ(read(whole.substr(0, size)), "more") << size;
    EXPECT_NE(read(whole), "more");
  }
}

TEST(ProxyHeaderTest, IsNotWhatElseAConnectionBeginsWith) {
  for (const auto& other : {"GET / HTTP/1.1\r\n"s, "PROXX"s, "\x16\x03\x01"s, "\r\n\r\nGET"s})
    EXPECT_EQ(read(other), "refused") << other;
}

}  // namespace
}  // namespace cardea::web
