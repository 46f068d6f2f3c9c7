#include "account/network_of.hpp"

#include <arpa/inet.h>

#include <array>

namespace cardea {
namespace {

constexpr std::size_t kNetworkSize = 8;
constexpr std::string_view kMappedPrefix{"\0\0\0\0\0\0\0\0\0\0\xFF\xFF", 12};

// Of `Size` bytes; empty if it is none of that family.
template <std::size_t Size>
std::string bytes_of(int family, const std::string& address) {
  std::array<char, Size> bytes{};
  return inet_pton(family, address.c_str(), bytes.data()) == 1 ? std::string(bytes.data(), Size) : std::string{};
}

}  // namespace

std::string network_of(std::string_view address) {
  const std::string text(address.substr(0, address.find('%')));  // without the zone of a link-local one
  if (auto ipv4 = bytes_of<sizeof(in_addr)>(AF_INET, text); !ipv4.empty()) return ipv4;
  const auto ipv6 = bytes_of<sizeof(in6_addr)>(AF_INET6, text);
  if (ipv6.empty()) return std::string(address);
  return ipv6.starts_with(kMappedPrefix) ? ipv6.substr(kMappedPrefix.size()) : ipv6.substr(0, kNetworkSize);
}

}  // namespace cardea
