// One line for every answer of the server. What must not be in a log never comes here: no query (it may hold a token),
// no body, and of the header the trace alone, where it is well-formed.
#pragma once

#include <cardea/core/base/clock.hpp>
#include <cardea/web/http/trace_context.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace cardea::web {

struct AccessEntry {
  Instant received_at{};
  std::string_view request_id;
  std::string_view peer_address;
  std::string_view method;  // as sent; empty if the request broke before it was known, as is the path
  std::string_view path;    // as sent, without the query
  unsigned status = 0;
  std::uint64_t bytes = 0;  // of the answer's body
  std::chrono::microseconds duration{0};
  std::optional<TraceContext> trace{};
};

class AccessLog {
 public:
  virtual ~AccessLog() = default;
  // Thread-safe and cheap: called on the I/O threads.
  virtual void record(const AccessEntry& entry) noexcept = 0;
};

enum class AccessLogFormat : std::uint8_t { text, json };

// Without a line end. Control characters, quotes and bytes beyond ASCII are escaped, so that one entry is one line:
// 2026-01-01T12:00:00.000000Z 127.0.0.1 "GET /me" 200 57 113us 9f86d081884c7d659a2feaa0c55ad015
// followed by the trace and the caller's part of it, if there is one: 4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7
std::string access_line_of(const AccessEntry& entry, AccessLogFormat format);

// Gathers lines by the thread that they come from and gives them to `write` from a thread of its own, several times a
// second and at the end; each batch is whole lines of one thread, in their order, all but the last with their line end.
// While `write` is too slow to keep up, lines are dropped and counted; the thread's next batch says how many.
class BatchedAccessLog final : public AccessLog {
 public:
  using Write = std::function<void(std::string_view lines)>;

  BatchedAccessLog(AccessLogFormat format, Write write);
  ~BatchedAccessLog() override;

  void record(const AccessEntry& entry) noexcept override;

  // To standard output, where a reader who takes nothing is waited for once, for a second.
  static std::unique_ptr<BatchedAccessLog> to_standard_output(AccessLogFormat format);

 private:
  class Batches;
  std::unique_ptr<Batches> batches_;
};

}  // namespace cardea::web
