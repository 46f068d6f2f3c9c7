#include "run/connection.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <cardea/web/layers/access_log.hpp>
#include <cardea/web/metrics/request_counts.hpp>

#include "http/recycled.hpp"
#include "run/chunked_body.hpp"
#include "run/forwarded_address.hpp"
#include "run/proxy_header.hpp"
#include "run/response_text.hpp"

namespace cardea::web {
namespace {

namespace asio = boost::asio;

constexpr std::size_t kSmallBuffer = 4 * 1024;
constexpr std::size_t kBodyStep = 64 * 1024;    // a body's memory grows with what has come, not with what is announced
constexpr std::size_t kChunkRoom = 16 * 1024;   // also the longest line of a chunk's head
constexpr std::size_t kCopiedBody = 16 * 1024;  // up to here one contiguous write beats a gathered one
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

Instant system_now() { return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()); }

}  // namespace

Connection::Connection(Stream stream, std::string peer_address, bool is_trusted_proxy, ConnectionCensus::Place place,
                       ThreadShare& share)
    : transport_(std::move(stream)),
      peer_address_(std::move(peer_address)),
      is_trusted_proxy_(is_trusted_proxy),
      place_(std::move(place)),
      share_(share),
      counted_(share.counts != nullptr ? Counted{share.counts->connections_opened, share.counts->connections_closed}
                                       : Counted{}) {}

void Connection::start() {
  enter(Phase::idle, has_to_open() ? share_.options.deadlines.handshake : share_.options.deadlines.head);
  auto serve = [self = shared_from_this()]() { return self->serve_requests(); };
  asio::co_spawn(transport_.get_executor(), std::move(serve),
                 asio::bind_cancellation_slot(cancel_handler_.slot(), asio::detached));
}

Task<void> Connection::serve_requests() {
  if (has_to_open()) {
    if (!co_await open()) co_return transport_.close();
    enter(Phase::idle, share_.options.deadlines.head);
  }
  for (;;) {
    Result<bool> head = next_head();
    if (head && !*head) head = co_await read_head();
    if (!head) {
      co_await refuse(head.error());
      break;
    }
    if (!*head) co_return transport_.close();
    const bool goes_on = co_await serve_request();
    if (abandoned_) co_return;
    if (!goes_on) break;
  }
  co_await linger();
}

bool Connection::has_to_open() const noexcept { return share_.certificate || sends_proxy_header(); }

bool Connection::sends_proxy_header() const noexcept {
  return is_trusted_proxy_ && share_.options.client_address == ClientAddressSource::proxy_protocol;
}

Task<bool> Connection::open() {
  const auto certificate = share_.certificate;
  if (sends_proxy_header() && !co_await read_proxy_header()) co_return false;
  if (!certificate) co_return true;
  auto handshake = transport_.shake_hands(certificate, buffer_.unread());
  buffer_.consume(buffer_.unread().size());
  co_return co_await std::move(handshake);
}

Task<bool> Connection::read_proxy_header() {
  buffer_.reserve(ProxyHeader::kLongest);
  for (;;) {
    const auto header = parse_proxy_header(buffer_.unread());
    if (!header) co_return false;
    if (*header) {
      if ((*header)->client) peer_address_ = (*header)->client->to_string();
      buffer_.consume((*header)->size);
      co_return true;
    }
    const std::size_t count = co_await receive(buffer_.room());
    if (count == 0) co_return false;
    buffer_.received(count);
  }
}

Task<bool> Connection::serve_request() {
  const Counted in_flight =
      share_.counts != nullptr ? Counted{share_.counts->requests_begun, share_.counts->requests_ended} : Counted{};
  Request request = known_request();
  if (head_.has_body()) {
    Done body = co_await read_body(request);
    if (!body) {
      co_await refuse(body.error());
      co_return false;
    }
  }
  enter(Phase::handler, share_.options.deadlines.handler);
  std::optional<Response> response;
  std::string failure_text;
  try {
    auto answer = share_.service.answer(std::move(request));
    if (auto* later = std::get_if<Task<Response>>(&answer)) {
      response = co_await std::move(*later);
    } else {
      response = std::get<Response>(std::move(answer));
    }
  } catch (const std::exception& exception) {
    failure_text = exception.what();
  } catch (...) {
    failure_text = "something that is no std::exception";
  }
  if (abandoned_) co_return false;
  if (!response || response->status < 200 || response->status > 599) {
    spdlog::error("request {}: the service gave no usable answer: {}", request_id_, failure_text);
    response = share_.service.refuse(Error{ErrorCode::internal_error, PrivateText{failure_text}}, known_request());
  }
  const bool keep_alive = head_.keep_alive && !share_.draining && !asks_to_close(*response);
  const auto rest = respond(*response, keep_alive);
  bool sent = rest.is_nothing();
  if (!sent) sent = co_await send_later(rest);
  recycle(*std::move(response));
  if (!sent || !keep_alive) co_return false;
  end_request();
  co_return true;
}

// --- reading ---------------------------------------------------------------------------------------------------------

Result<bool> Connection::next_head() {
  if (!skipped_empty_line_ && buffer_.unread().starts_with("\r\n")) {
    buffer_.consume(2);
    skipped_empty_line_ = true;
  }
  if (buffer_.unread().empty()) return false;
  if (phase_ == Phase::idle) begin_request();
  if (Done found = find_head(); !found) return failure(std::move(found).error());
  return head_size_ != 0;
}

Task<Result<bool>> Connection::read_head() {
  for (;;) {
    buffer_.reserve(std::max(kSmallBuffer, 2 * buffer_.unread().size()));
    if (expired_) co_return failure(ErrorCode::request_timeout);
    const auto [error, count] = co_await transport_.read_some(buffer_.room());
    if (expired_) co_return failure(ErrorCode::request_timeout);
    if (count == 0) co_return false;
    buffer_.received(count);
    auto head = next_head();
    if (!head || *head) co_return head;
  }
}

// Parses the head if it is whole, and sets head_size_.
Done Connection::find_head() {
  const auto& limits = share_.options.limits;
  const HeadLimits head_limits{limits.head, limits.target, limits.fields};
  auto size = scanner_.scan(buffer_.unread());
  if (!size) return failure(std::move(size).error());
  if (*size) {
    if (Done parsed = parse_head(buffer_.unread().substr(0, **size), head_limits, head_); !parsed) return parsed;
    if (head_.chunked) {
      buffer_.reserve(**size + kChunkRoom);
      if (Done parsed = parse_head(buffer_.unread().substr(0, **size), head_limits, head_); !parsed) return parsed;
    }
    head_size_ = **size;
    name_client();
    return {};
  }
  if (buffer_.unread().size() < std::min(limits.head, limits.target)) return {};
  if (Done so_far = check_unfinished_head(buffer_.unread(), head_limits, head_); !so_far) return so_far;
  head_.clear();  // the buffer may move before more comes
  return {};
}

Task<std::size_t> Connection::receive(std::span<char> room) {
  if (expired_) co_return 0;
  const auto [error, count] = co_await transport_.read_some(room);
  co_return expired_ ? 0 : count;
}

Task<Done> Connection::read_body(Request& request) {
  const std::size_t limit = share_.service.body_limit(request.method, request.target);
  if (head_.content_length > limit) co_return failure(ErrorCode::content_too_large);
  enter(Phase::body, share_.options.deadlines.body);
  if (head_.expects_continue && buffer_.unread().size() == head_size_) co_await transport_.write(kContinue, {});
  if (head_.chunked) co_return co_await read_chunked_body(request.body, limit);
  co_return co_await read_sized_body(request.body);
}

std::unexpected<Error> Connection::body_cut_short() const {
  return expired_ ? failure(ErrorCode::request_timeout)
                  : failure(ErrorCode::invalid_request, PrivateText{"the connection ended within a body"});
}

Task<Done> Connection::read_sized_body(std::string& body) {
  const auto length = static_cast<std::size_t>(head_.content_length);
  body = buffer_.unread().substr(head_size_, length);
  buffer_.erase(head_size_, body.size());
  std::size_t filled = body.size();
  while (filled < length) {
    if (filled == body.size()) body.resize(std::min(length, filled + kBodyStep));
    const std::size_t count = co_await receive(std::span(body).subspan(filled));
    if (count == 0) co_return body_cut_short();
    filled += count;
  }
  co_return Done{};
}

Task<Done> Connection::read_chunked_body(std::string& body, std::size_t limit) {
  ChunkedBody decoder(limit);
  for (;;) {
    const auto used = decoder.feed(buffer_.unread().substr(head_size_));
    if (!used) co_return failure(used.error());
    buffer_.erase(head_size_, *used);
    if (decoder.done()) break;
    if (buffer_.room().empty()) co_return failure(ErrorCode::header_too_large);
    const std::size_t count = co_await receive(buffer_.room());
    if (count == 0) co_return body_cut_short();
    buffer_.received(count);
  }
  body = decoder.take();
  co_return Done{};
}

// --- answering -------------------------------------------------------------------------------------------------------

void Connection::begin_request() {
  share_.request_ids.write_next(request_id_);
  received_at_ = system_now();
  started_ = enter(Phase::head, share_.options.deadlines.head);
}

void Connection::name_client() {
  if (!is_trusted_proxy_) return;
  const auto& [proxies, source] = std::tie(share_.options.trusted_proxies, share_.options.client_address);
  if (const auto client = client_named_in(head_.fields, proxies, source)) client_address_ = client->to_string();
}

std::string_view Connection::client_address() const noexcept {
  return client_address_.empty() ? peer_address_ : client_address_;
}

Request Connection::known_request() const {
  Request request = recycled_request();
  copy_head(head_, request);
  request.peer_address = client_address();
  request.request_id = request_id_;
  request.received_at = received_at_;
  return request;
}

void Connection::end_request() {
  buffer_.consume(head_size_);
  buffer_.shrink(kSmallBuffer);
  head_size_ = 0;
  client_address_.clear();
  skipped_empty_line_ = false;
  head_.clear();
  scanner_.reset();
  enter(Phase::idle, share_.options.deadlines.idle);
}

Task<void> Connection::refuse(const Error& error) {
  const auto response = share_.service.refuse(error, known_request());
  const auto rest = respond(response, false);
  if (!rest.is_nothing()) static_cast<void>(co_await send_later(rest));
}

Task<void> Connection::answer_late() {
  const Error error = Error{ErrorCode::service_unavailable, PrivateText{"the handler was too slow"}}.with_retry_after(
      std::chrono::seconds{1});
  co_await refuse(error);
  co_await linger();
}

Transport::Unsent Connection::respond(const Response& response, bool keep_alive) {
  const bool to_head = head_.method == "HEAD";
  out_.clear();
  append_head(out_, response,
              {.date = share_.date.at(std::time(nullptr)),
               .request_id = request_id_,
               .keep_alive = keep_alive,
               .to_http_1_0 = head_.is_http_1_0,
               .to_head = to_head});
  std::string_view body = sends_body(response, to_head) ? response.content() : std::string_view{};
  record(response, body.size());
  if (body.size() <= kCopiedBody) {
    out_.append(body);
    body = {};
  }
  return transport_.write_some(out_, body);
}

Task<bool> Connection::send_later(Transport::Unsent rest) {
  bool is_sent = false;
  if (!rest.is_broken) {
    enter(Phase::writing, share_.options.deadlines.write);
    const auto [error, count] = co_await transport_.write(rest.head, rest.body);
    is_sent = !error;
  }
  if (!is_sent && share_.counts != nullptr) share_.counts->answers_cut.add();
  co_return is_sent;
}

Task<void> Connection::linger() {
  enter(Phase::lingering, share_.options.deadlines.linger);
  expired_ = false;
  bool goes_on = transport_.end_writing();
  while (goes_on) {
    const auto [error, count] = co_await transport_.discard_some({share_.waste.get(), ThreadShare::kWaste});
    goes_on = count != 0 && !expired_;
  }
  transport_.close();
}

void Connection::record(const Response& response, std::size_t bytes) {
  if (share_.access_log == nullptr && response.counts == nullptr) return;
  const auto duration = std::chrono::steady_clock::now() - started_;
  if (response.counts != nullptr) response.counts->add(response.status, duration);
  if (share_.access_log == nullptr) return;
  share_.access_log->record({.received_at = received_at_,
                             .request_id = request_id_,
                             .peer_address = client_address(),
                             .method = head_.method,
                             .path = head_.target.substr(0, head_.target.find('?')),
                             .status = response.status,
                             .bytes = bytes,
                             .duration = std::chrono::duration_cast<std::chrono::microseconds>(duration),
                             .trace = TraceContext::of(head_.fields)});
}

// --- time ------------------------------------------------------------------------------------------------------------

Connection::SteadyTime Connection::enter(Phase phase, std::chrono::milliseconds time_allowed) {
  const auto now = std::chrono::steady_clock::now();
  phase_ = phase;
  deadline_ = now + time_allowed;
  return now;
}

void Connection::expire() {
  deadline_ = SteadyTime::max();
  switch (phase_) {
    case Phase::head:
    case Phase::body:
      expired_ = true;
      transport_.cancel();
      return;
    case Phase::handler:
      abandoned_ = true;
      cancel_handler_.emit(asio::cancellation_type::terminal);
      asio::co_spawn(
          transport_.get_executor(), [self = shared_from_this()]() { return self->answer_late(); }, asio::detached);
      return;
    case Phase::writing: transport_.cut(); return;
    case Phase::idle:
    case Phase::lingering: transport_.close(); return;
  }
}

void Connection::drain() {
  if (phase_ == Phase::idle) transport_.close();
}

}  // namespace cardea::web
