// Where a server listens and what it bears. The defaults are those of docs/server.md.
#pragma once

#include <cardea/web/run/trusted_proxies.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace cardea::web {

class TlsCertificate;

// In bytes, but for the number of fields. The body's limit is the route's own (Service::body_limit).
struct RequestLimits {
  std::size_t head = 16 * 1024;   // request line, fields and the empty line; more: 431
  std::size_t target = 8 * 1024;  // more: 414
  std::size_t fields = 100;       // more: 431
};

// Each bounds a phase as a whole, not a read, and is looked at several times a second: it may come that much late.
struct Deadlines {
  std::chrono::milliseconds handshake{10'000};  // of TLS, and the PROXY protocol before it: the connection is closed
  std::chrono::milliseconds head{10'000};       // from the first byte, or from the connection's start: 408
  std::chrono::milliseconds body{15'000};       // from the end of the head: 408
  std::chrono::milliseconds handler{30'000};    // 503; what the handler answers later is dropped
  std::chrono::milliseconds write{30'000};      // the connection is cut
  std::chrono::milliseconds idle{30'000};       // between two requests: the connection is closed without a word
  std::chrono::milliseconds linger{2'000};      // after the last answer, for the client to read it and hang up
};

// A connection beyond these is answered 503 where the socket takes it at once, and closed.
struct ConnectionCaps {
  std::size_t in_all = 8192;
  std::size_t per_address = 1024;  // an IPv6 address counts by its /64 network, a trusted proxy not at all
};

struct ServerOptions {
  std::string address = "127.0.0.1";  // an IP address, or localhost
  std::uint16_t port = 8000;          // 0: a free one
  std::string unix_socket{};          // a file name: listens there, and not at an address
  std::vector<int> sockets{};         // listening ones that were opened before: serves them, and opens none
  unsigned io_threads = 0;            // 0: one a core
  std::chrono::seconds drain{10};     // how long stop() lets requests in flight run
  RequestLimits limits{};
  Deadlines deadlines{};
  ConnectionCaps caps{};
  TrustedProxies trusted_proxies{};
  ClientAddressSource client_address = ClientAddressSource::x_forwarded_for;  // in what those proxies send
  std::shared_ptr<const TlsCertificate> certificate{};                        // none: HTTP in the clear
};

}  // namespace cardea::web
