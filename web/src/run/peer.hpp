// Who is at the other end of a connection.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "run/stream.hpp"

namespace cardea::web {

struct Peer {
  std::optional<boost::asio::ip::address> address;  // none: a program of this machine, by a Unix socket

  // An IPv4 client of an IPv6 socket is an IPv4 client.
  static Peer at(const StreamProtocol::endpoint& endpoint);

  // "127.0.0.1", "::1", "unix".
  std::string text() const;
};

// 0 for an endpoint that is not one of TCP.
std::uint16_t port_of(const StreamProtocol::endpoint& endpoint);

}  // namespace cardea::web
