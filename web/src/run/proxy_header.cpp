#include "run/proxy_header.hpp"

#include <algorithm>
#include <array>

#include "run/address.hpp"

namespace cardea::web {
namespace {

namespace ip = boost::asio::ip;

using Parsed = Result<std::optional<ProxyHeader>>;

constexpr std::string_view kStart1 = "PROXY ";
constexpr std::size_t kLongest1 = 107;  // section 2.1, with the end of the line
constexpr std::string_view kStart2{"\r\n\r\n\0\r\nQUIT\n", 12};
constexpr std::size_t kFixed2 = 16;  // section 2.2: the start, the command, the family, the length

std::unexpected<Error> malformed() {
  return failure(ErrorCode::invalid_request, PrivateText{"malformed PROXY header"});
}

bool begin_alike(std::string_view bytes, std::string_view start) {
  const auto size = std::min(bytes.size(), start.size());
  return bytes.substr(0, size) == start.substr(0, size);
}

std::string_view take_word(std::string_view& line) {
  const auto end = std::min(line.find(' '), line.size());
  const auto word = line.substr(0, end);
  line.remove_prefix(std::min(end + 1, line.size()));
  return word;
}

// Of the family that the line says.
std::optional<ip::address> address_in(std::string_view word, bool is_v6) {
  if (word.contains(':') != is_v6) return std::nullopt;
  return parse_address(word);
}

Parsed parse_version_1(std::string_view bytes) {
  const auto end = bytes.substr(0, kLongest1).find("\r\n");
  if (end == std::string_view::npos) {
    if (bytes.size() >= kLongest1) return malformed();
    return std::nullopt;
  }
  const auto size = end + 2;
  auto line = bytes.substr(kStart1.size(), end - kStart1.size());
  const auto family = take_word(line);
  if (family == "UNKNOWN") return ProxyHeader{.size = size};
  if (family != "TCP4" && family != "TCP6") return malformed();
  const auto client = address_in(take_word(line), family == "TCP6");
  const auto server = address_in(take_word(line), family == "TCP6");
  const auto client_port = take_word(line), server_port = take_word(line);
  if (!client || !server || !is_port(client_port) || !is_port(server_port) || !line.empty()) return malformed();
  return ProxyHeader{.size = size, .client = client};
}

// Bytes in the order of the network.
template <class Address>
Address address_at(std::string_view bytes) {
  typename Address::bytes_type address{};
  std::copy_n(bytes.begin(), address.size(), address.begin());
  return Address(address);
}

Parsed parse_version_2(std::string_view bytes) {
  if (bytes.size() < kFixed2) return std::nullopt;
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(bytes[at]); };
  const unsigned version_and_command = byte(12), family = byte(13);
  const std::size_t length = byte(14) * 256U + byte(15);
  ProxyHeader header{.size = kFixed2 + length};
  if (header.size > ProxyHeader::kLongest) return malformed();
  if (version_and_command != 0x20 && version_and_command != 0x21) return malformed();
  if (bytes.size() < header.size) return std::nullopt;
  if (version_and_command == 0x20) return header;  // LOCAL: a health check of the proxy's own
  const auto addresses = bytes.substr(kFixed2, length);
  switch (family) {
    case 0x00: return header;
    case 0x11:  // TCP over IPv4
      if (length < 12) return malformed();
      header.client = address_at<ip::address_v4>(addresses);
      return header;
    case 0x21:  // TCP over IPv6
      if (length < 36) return malformed();
      header.client = plain(address_at<ip::address_v6>(addresses));
      return header;
    case 0x31:  // a Unix socket
      if (length < 216) return malformed();
      return header;
    default: return malformed();
  }
}

}  // namespace

Result<std::optional<ProxyHeader>> parse_proxy_header(std::string_view bytes) {
  if (bytes.starts_with(kStart1)) return parse_version_1(bytes);
  if (bytes.starts_with(kStart2)) return parse_version_2(bytes);
  if (begin_alike(bytes, kStart1) || begin_alike(bytes, kStart2)) return std::nullopt;
  return malformed();
}

}  // namespace cardea::web
