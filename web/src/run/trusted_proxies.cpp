#include <algorithm>
#include <cardea/web/run/trusted_proxies.hpp>
#include <charconv>

#include "run/address.hpp"
#include "run/ascii.hpp"

namespace cardea::web {
namespace {

constexpr unsigned kMappedBits = 96;  // of an IPv6 address before the IPv4 one in it

std::optional<unsigned> parse_bits(std::string_view text, unsigned most) {
  unsigned bits = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), bits);
  if (error != std::errc{} || end != text.data() + text.size() || bits > most) return std::nullopt;
  return bits;
}

bool bit_at(const AddressBytes& bytes, unsigned place) {
  return (static_cast<unsigned>(bytes[place / 8]) >> (7 - place % 8) & 1U) != 0;
}

}  // namespace

std::optional<TrustedProxies::Network> TrustedProxies::parse_network(std::string_view text) {
  const auto slash = text.find('/');
  const auto address = parse_address(text.substr(0, slash));
  if (!address) return std::nullopt;
  Network network{bytes_of(*address), 128};
  if (slash == std::string_view::npos) return network;
  const unsigned before = address->is_v4() ? kMappedBits : 0;
  const auto bits = parse_bits(text.substr(slash + 1), 128 - before);
  if (!bits) return std::nullopt;
  network.bits = before + *bits;
  for (unsigned place = network.bits; place < 128; ++place) {
    if (bit_at(network.prefix, place)) return std::nullopt;
  }
  return network;
}

std::optional<TrustedProxies> TrustedProxies::parse(std::string_view text) {
  TrustedProxies proxies;
  if (trimmed(text).empty()) return proxies;
  bool is_good = true;
  for_each_element(text, [&](std::string_view one) {
    if (one == "unix") {
      proxies.unix_sockets_ = true;
    } else if (const auto network = parse_network(one)) {
      proxies.networks_.push_back(*network);
    } else {
      is_good = false;
    }
  });
  if (!is_good) return std::nullopt;
  return proxies;
}

bool TrustedProxies::contains(const AddressBytes& address) const noexcept {
  return std::ranges::any_of(networks_, [&](const Network& network) {
    const unsigned whole = network.bits / 8, rest = network.bits % 8;
    if (!std::equal(address.begin(), address.begin() + whole, network.prefix.begin())) return false;
    return rest == 0 || (address[whole] ^ network.prefix[whole]) >> (8 - rest) == 0;
  });
}

}  // namespace cardea::web
