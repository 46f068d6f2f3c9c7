#include <boost/asio/ip/address.hpp>
#include <cardea/service/config/listen_address.hpp>
#include <charconv>

namespace cardea::service {
namespace {

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return port;
}

}  // namespace

std::optional<ListenAddress> ListenAddress::parse(std::string_view text) {
  constexpr std::string_view kUnix = "unix:";
  if (text == "systemd") return ListenAddress{.systemd = true};
  if (text.starts_with(kUnix)) {
    const auto path = text.substr(kUnix.size());
    if (path.empty()) return std::nullopt;
    return ListenAddress{.unix_socket = std::string(path)};
  }
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto port = parse_port(text.substr(colon + 1));
  if (!port) return std::nullopt;

  auto host = text.substr(0, colon);
  if (host == "localhost") return ListenAddress{"127.0.0.1", *port};
  const bool bracketed = host.starts_with('[') && host.ends_with(']');
  if (bracketed) host = host.substr(1, host.size() - 2);

  boost::system::error_code error;
  const auto address = boost::asio::ip::make_address(std::string(host), error);
  if (error || address.is_v6() != bracketed) return std::nullopt;
  return ListenAddress{address.to_string(), *port};
}

bool ListenAddress::is_loopback() const {
  if (!is_address()) return !systemd;
  boost::system::error_code error;
  const auto address = boost::asio::ip::make_address(host, error);
  return !error && address.is_loopback();
}

std::string ListenAddress::text() const {
  if (systemd) return "systemd";
  if (!unix_socket.empty()) return "unix:" + unix_socket;
  const auto port_text = std::to_string(port);
  return host.contains(':') ? "[" + host + "]:" + port_text : host + ":" + port_text;
}

}  // namespace cardea::service
