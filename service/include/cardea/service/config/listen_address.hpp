// Where the server listens: at a numeric address and a port, at a Unix socket, or at sockets that systemd has opened.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cardea::service {

struct ListenAddress {
  std::string host = "127.0.0.1";  // an IPv4 or IPv6 address without brackets
  std::uint16_t port = 8000;       // 0: any free port, the banner tells which
  std::string unix_socket{};       // its file: listens there, and not at an address
  bool systemd = false;            // at what systemd hands over, and at nothing else

  // Reads 127.0.0.1:8000, [::1]:8000, localhost:8000 (which is 127.0.0.1), unix:/run/cardea/cardea.sock or systemd.
  // Empty: it is none of these.
  static std::optional<ListenAddress> parse(std::string_view text);

  bool is_address() const noexcept { return unix_socket.empty() && !systemd; }
  // Whether it is sure that no other machine gets through to it.
  bool is_loopback() const;
  std::string text() const;

  friend bool operator==(const ListenAddress&, const ListenAddress&) = default;
};

}  // namespace cardea::service
