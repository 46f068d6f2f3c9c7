// The proxies whose word on a client's address is believed, and how they give it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace cardea::web {

// An IPv6 address, or an IPv4 one as ::ffff:a.b.c.d (RFC 4291 section 2.5.5.2).
using AddressBytes = std::array<std::uint8_t, 16>;

class TrustedProxies {
 public:
  // Nobody.
  TrustedProxies() = default;

  // Addresses, networks and the word unix, which is every client of a Unix socket, with commas between:
  // "10.0.0.0/8, fd00::/8, 192.0.2.7, unix". None: one of them is none of these, or a network has bits beyond its
  // length.
  static std::optional<TrustedProxies> parse(std::string_view text);

  bool contains(const AddressBytes& address) const noexcept;
  bool contains_unix_sockets() const noexcept { return unix_sockets_; }
  bool is_nobody() const noexcept { return networks_.empty() && !unix_sockets_; }

 private:
  struct Network {
    AddressBytes prefix{};
    unsigned bits = 0;
  };
  static std::optional<Network> parse_network(std::string_view text);

  std::vector<Network> networks_;
  bool unix_sockets_ = false;
};

// How a trusted proxy names the client that it speaks for.
enum class ClientAddressSource : std::uint8_t {
  x_forwarded_for,  // the header X-Forwarded-For
  forwarded,        // the header Forwarded (RFC 7239)
  proxy_protocol,   // the PROXY protocol, versions 1 and 2, before anything else on its connections
};

}  // namespace cardea::web
