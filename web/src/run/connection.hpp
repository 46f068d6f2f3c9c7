// One client's connection: its requests one after the other, each read, checked, answered and written.
#pragma once

#include <boost/asio/cancellation_signal.hpp>
#include <boost/intrusive/list_hook.hpp>
#include <cardea/web/http/service.hpp>
#include <cardea/web/metrics/server_counts.hpp>
#include <cardea/web/run/server_options.hpp>
#include <chrono>
#include <memory>
#include <span>
#include <string>

#include "run/connection_census.hpp"
#include "run/head_scanner.hpp"
#include "run/http_date.hpp"
#include "run/read_buffer.hpp"
#include "run/request_head.hpp"
#include "run/request_ids.hpp"
#include "run/transport.hpp"

namespace cardea::web {

class AccessLog;

// What the connections of one I/O thread share.
struct ThreadShare {
  const ServerOptions& options;
  Service& service;
  AccessLog* access_log;
  ServerCounts* counts;  // null: nobody counts
  RequestIds request_ids{};
  HttpDate date{};
  std::shared_ptr<const TlsCertificate> certificate{};  // of connections from now on; none: in the clear
  bool draining = false;

  // Where the bytes go that nobody looks at.
  static constexpr std::size_t kWaste = 256 * 1024;
  std::unique_ptr<char[]> waste = std::make_unique_for_overwrite<char[]>(kWaste);
};

using AutoUnlink = boost::intrusive::link_mode<boost::intrusive::auto_unlink>;

// Lives as long as its coroutine runs. Everything happens on its I/O thread.
class Connection : public std::enable_shared_from_this<Connection>,
                   public boost::intrusive::list_base_hook<AutoUnlink> {
 public:
  using SteadyTime = std::chrono::steady_clock::time_point;

  // A proxy that is trusted says whom it speaks for.
  Connection(Stream stream, std::string peer_address, bool is_trusted_proxy, ConnectionCensus::Place place,
             ThreadShare& share);

  void start();

  bool is_due(SteadyTime now) const noexcept { return now >= deadline_; }
  // Does what the phase's deadline asks for.
  void expire();

  // Ends the connection now if it is between two requests, else after the answer to the present one.
  void drain();

 private:
  enum class Phase : std::uint8_t { idle, head, body, handler, writing, lingering };

  Task<void> serve_requests();
  // Whether the PROXY protocol or TLS come first.
  bool has_to_open() const noexcept;
  bool sends_proxy_header() const noexcept;
  // Whether requests may come then.
  Task<bool> open();
  Task<bool> read_proxy_header();
  Task<bool> serve_request();
  Task<void> answer_late();

  // Looks at the bytes that are there: whether they hold a head.
  Result<bool> next_head();
  // Reads until they do; false when the peer or a deadline has ended the connection.
  Task<Result<bool>> read_head();
  Done find_head();
  Task<Done> read_body(Request& request);
  Task<Done> read_sized_body(std::string& body);
  Task<Done> read_chunked_body(std::string& body, std::size_t limit);
  std::unexpected<Error> body_cut_short() const;
  // 0 at the stream's end, at an error, and once the deadline has expired.
  Task<std::size_t> receive(std::span<char> room);

  void begin_request();
  // Takes over whom a trusted proxy has named in the fields of the head.
  void name_client();
  std::string_view client_address() const noexcept;
  Request known_request() const;
  void end_request();

  // What is left looks into the response, and into out_.
  Transport::Unsent respond(const Response& response, bool keep_alive);
  // Whether all is sent then.
  Task<bool> send_later(Transport::Unsent rest);
  Task<void> refuse(const Error& error);
  // Lets the client read the last answer before the connection goes: closing on unread bytes would take it back.
  Task<void> linger();

  // Gives the present time.
  SteadyTime enter(Phase phase, std::chrono::milliseconds time_allowed);
  void record(const Response& response, std::size_t bytes);

  Transport transport_;
  std::string peer_address_;
  const bool is_trusted_proxy_;
  const ConnectionCensus::Place place_;
  ThreadShare& share_;
  const Counted counted_;
  boost::asio::cancellation_signal cancel_handler_;

  Phase phase_ = Phase::idle;
  SteadyTime deadline_ = SteadyTime::max();
  bool expired_ = false;    // while reading: what is being read does not count any more
  bool abandoned_ = false;  // the request in the handler has been answered without it

  ReadBuffer buffer_;
  HeadScanner scanner_;
  RequestHead head_;
  std::size_t head_size_ = 0;  // of the present request; it stays in the buffer, under head_, until the answer is sent
  std::string request_id_;
  std::string client_address_;  // of the present request; empty: the peer's
  Instant received_at_{};
  SteadyTime started_{};
  bool skipped_empty_line_ = false;  // one before a request is forgiven (RFC 9112 section 2.2)
  std::string out_;
};

}  // namespace cardea::web
