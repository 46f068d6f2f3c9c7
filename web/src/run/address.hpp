// IP addresses and ports as the server reads, compares and prints them: an IPv4 address inside an IPv6 one is an IPv4
// address.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <cardea/web/run/trusted_proxies.hpp>
#include <optional>
#include <string_view>

namespace cardea::web {

boost::asio::ip::address plain(const boost::asio::ip::address& address);

// Without zone; none if `text` is no address.
std::optional<boost::asio::ip::address> parse_address(std::string_view text);

// Digits, and at most 65535.
bool is_port(std::string_view text) noexcept;

AddressBytes bytes_of(const boost::asio::ip::address& address) noexcept;

}  // namespace cardea::web
