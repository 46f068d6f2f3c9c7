// Where the server listens: one numeric address and a port.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cardea::service {

struct ListenAddress {
  std::string host = "127.0.0.1";  // an IPv4 or IPv6 address without brackets
  std::uint16_t port = 8000;       // 0: any free port, the banner tells which

  // Reads 127.0.0.1:8000, [::1]:8000 or localhost:8000 (which is 127.0.0.1). Empty: it is none of these.
  static std::optional<ListenAddress> parse(std::string_view text);

  bool is_loopback() const;
  std::string text() const;

  friend bool operator==(const ListenAddress&, const ListenAddress&) = default;
};

}  // namespace cardea::service
