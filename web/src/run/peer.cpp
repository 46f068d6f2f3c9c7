#include "run/peer.hpp"

#include <netinet/in.h>

#include <algorithm>
#include <cstring>

#include "run/address.hpp"

namespace cardea::web {
namespace {

namespace ip = boost::asio::ip;

template <class Address>
Address read_as(const StreamProtocol::endpoint& endpoint) {
  Address address{};
  std::memcpy(&address, endpoint.data(), std::min(sizeof address, endpoint.size()));
  return address;
}

}  // namespace

Peer Peer::at(const StreamProtocol::endpoint& endpoint) {
  switch (endpoint.protocol().family()) {
    case AF_INET: return {ip::address_v4(ntohl(read_as<sockaddr_in>(endpoint).sin_addr.s_addr))};
    case AF_INET6: {
      ip::address_v6::bytes_type bytes{};
      std::memcpy(bytes.data(), read_as<sockaddr_in6>(endpoint).sin6_addr.s6_addr, bytes.size());
      return {plain(ip::address(ip::address_v6(bytes)))};
    }
    default: return {};
  }
}

std::uint16_t port_of(const StreamProtocol::endpoint& endpoint) {
  switch (endpoint.protocol().family()) {
    case AF_INET: return ntohs(read_as<sockaddr_in>(endpoint).sin_port);
    case AF_INET6: return ntohs(read_as<sockaddr_in6>(endpoint).sin6_port);
    default: return 0;
  }
}

std::string Peer::text() const { return address ? address->to_string() : "unix"; }

}  // namespace cardea::web
