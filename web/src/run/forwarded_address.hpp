// The client's address by the headers that proxies write: X-Forwarded-For, or Forwarded (RFC 7239).
#pragma once

#include <boost/asio/ip/address.hpp>
#include <cardea/web/run/trusted_proxies.hpp>
#include <optional>
#include <span>

#include "run/request_head.hpp"

namespace cardea::web {

// Each proxy adds whom it has heard from, so the list is read from its end, and ends at the first address that is no
// trusted proxy itself: what stands before that, anybody may have written. None: nobody is named. What is no address
// ends the list as well. Only for a peer that is a trusted proxy.
std::optional<boost::asio::ip::address> client_named_in(std::span<const RequestHead::Field> fields,
                                                        const TrustedProxies& proxies, ClientAddressSource source);

}  // namespace cardea::web
