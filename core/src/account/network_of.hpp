// Which neighbours count as one: an IPv6 network is given to a site as a whole.
#pragma once

#include <string>
#include <string_view>

namespace cardea {

// The 4 bytes of an IPv4 address, mapped ones (::ffff:192.0.2.1) included, or the first 8 of an IPv6 address. Text that
// is no address stays as it is.
std::string network_of(std::string_view address);

}  // namespace cardea
