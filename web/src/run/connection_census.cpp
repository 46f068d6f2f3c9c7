#include "run/connection_census.hpp"

#include <algorithm>

namespace cardea::web {
namespace {

namespace ip = boost::asio::ip;

// One IPv6 customer has a whole /64 to call from.
ip::address origin_of(const ip::address& peer) {
  if (!peer.is_v6()) return peer;
  auto bytes = peer.to_v6().to_bytes();
  std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
  return ip::address_v6(bytes);
}

}  // namespace

std::optional<ConnectionCensus::Place> ConnectionCensus::enter(const Origin& peer) {
  const std::lock_guard lock(mutex_);
  if (in_all_ >= caps_.in_all) return std::nullopt;
  if (peer) {
    const auto count = by_origin_.try_emplace(origin_of(*peer), 0).first;
    if (count->second >= caps_.per_address) return std::nullopt;
    ++count->second;
  }
  ++in_all_;
  return Place(*this, peer ? Origin{origin_of(*peer)} : std::nullopt);
}

void ConnectionCensus::leave(const Origin& origin) noexcept {
  const std::lock_guard lock(mutex_);
  --in_all_;
  if (!origin) return;
  const auto count = by_origin_.find(*origin);
  if (--count->second == 0) by_origin_.erase(count);
}

}  // namespace cardea::web
