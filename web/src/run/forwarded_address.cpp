#include "run/forwarded_address.hpp"

#include <algorithm>
#include <ranges>
#include <vector>

#include "run/address.hpp"
#include "run/ascii.hpp"

namespace cardea::web {
namespace {

namespace ip = boost::asio::ip;

// Where the first `separator` that is in no quoted string stands; none if `text` ends within one.
std::optional<std::size_t> end_of_first(std::string_view text, char separator) {
  bool quoted = false;
  std::size_t end = text.size();
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (quoted && text[at] == '\\')
      ++at;
    else if (text[at] == '"')
      quoted = !quoted;
    else if (text[at] == separator && !quoted)
      end = std::min(end, at);
  }
  if (quoted) return std::nullopt;
  return end;
}

// What stands before the first `separator`; `text` keeps the rest. A quotation mark without a second one is none: it
// came from the client, and would hide what the proxy has added behind it.
std::string_view take_until(std::string_view& text, char separator) {
  const auto end = end_of_first(text, separator).value_or(std::min(text.find(separator), text.size()));
  const auto taken = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return trimmed(taken);
}

std::string_view unquoted(std::string_view text) {
  return text.size() >= 2 && text.front() == '"' && text.back() == '"' ? text.substr(1, text.size() - 2) : text;
}

// The value of `for` in one element of Forwarded; empty if it has none.
std::string_view for_in(std::string_view element) {
  while (!element.empty()) {
    const auto pair = take_until(element, ';');
    const auto equals = pair.find('=');
    if (equals != std::string_view::npos && equal_ignoring_case(pair.substr(0, equals), "for"))
      return unquoted(pair.substr(equals + 1));
  }
  return {};
}

// "192.0.2.1", "192.0.2.1:443", "2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:443".
std::optional<ip::address> parse_node(std::string_view node) {
  if (node.starts_with('[')) {
    const auto end = node.find(']');
    const auto address = parse_address(node.substr(1, end == std::string_view::npos ? end : end - 1));
    return address && end != std::string_view::npos ? address : std::nullopt;
  }
  const auto colon = node.find(':');
  const bool has_port = colon != std::string_view::npos && colon == node.rfind(':');
  return parse_address(has_port ? node.substr(0, colon) : node);
}

// Everyone who is named, the nearest last.
std::vector<std::string_view> nodes_in(std::span<const RequestHead::Field> fields, ClientAddressSource source) {
  std::vector<std::string_view> nodes;
  for (const auto& [name, value] : fields) {
    if (source == ClientAddressSource::forwarded && equal_ignoring_case(name, "Forwarded")) {
      for (auto rest = value; !rest.empty();) nodes.push_back(for_in(take_until(rest, ',')));
    } else if (source == ClientAddressSource::x_forwarded_for && equal_ignoring_case(name, "X-Forwarded-For")) {
      for_each_element(value, [&](std::string_view node) { nodes.push_back(node); });
    }
  }
  return nodes;
}

}  // namespace

std::optional<ip::address> client_named_in(std::span<const RequestHead::Field> fields, const TrustedProxies& proxies,
                                           ClientAddressSource source) {
  std::optional<ip::address> client;
  for (const auto node : nodes_in(fields, source) | std::views::reverse) {
    const auto address = parse_node(node);
    if (!address) break;
    client = address;
    if (!proxies.contains(bytes_of(*address))) break;
  }
  return client;
}

}  // namespace cardea::web
