// What a proxy sends before anything else to say whom it speaks for: the PROXY protocol of HAProxy, versions 1 and 2.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <cardea/core/base/result.hpp>
#include <cstddef>
#include <optional>
#include <string_view>

namespace cardea::web {

struct ProxyHeader {
  static constexpr std::size_t kLongest = 4096;  // with all that version 2 lets a proxy add

  std::size_t size = 0;                              // in bytes
  std::optional<boost::asio::ip::address> client{};  // none: the proxy speaks for itself, or does not say for whom
};

// `bytes` are the first ones of a connection; nullopt: they may become a header. Error: invalid_request.
Result<std::optional<ProxyHeader>> parse_proxy_header(std::string_view bytes);

}  // namespace cardea::web
