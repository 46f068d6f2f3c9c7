#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <array>
#include <cardea/web/layers/access_log.hpp>
#include <charconv>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace cardea::web {
namespace {

constexpr auto kInterval = std::chrono::milliseconds{200};
constexpr std::size_t kLargestBatch = std::size_t{1} << 20U;

void append_escaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x7f && c != '"' && c != '\\') {
      out += c;
    } else if (c == '"' || c == '\\') {
      out.append("\\").push_back(c);
    } else {
      constexpr std::string_view kDigits = "0123456789abcdef";
      out.append("\\u00").push_back(kDigits[byte >> 4U]);
      out.push_back(kDigits[byte & 0xfU]);
    }
  }
}

template <class Number>
void append_number(std::string& out, Number number) {
  std::array<char, 24> digits{};
  out.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
}

void append_text_line(std::string& out, const AccessEntry& entry) {
  out.append(to_rfc3339(entry.received_at)).append(" ");
  append_escaped(out, entry.peer_address);
  out.append(" \"");
  append_escaped(out, entry.method);
  out.append(" ");
  append_escaped(out, entry.path);
  out.append("\" ");
  append_number(out, entry.status);
  out.append(" ");
  append_number(out, entry.bytes);
  out.append(" ");
  append_number(out, entry.duration.count());
  out.append("us ");
  append_escaped(out, entry.request_id);
}

void append_json_line(std::string& out, const AccessEntry& entry) {
  const auto member = [&out](std::string_view name, std::string_view text) {
    out.append("\"").append(name).append("\":\"");
    append_escaped(out, text);
    out.append("\",");
  };
  out.append("{");
  member("time", to_rfc3339(entry.received_at));
  member("request_id", entry.request_id);
  member("peer", entry.peer_address);
  member("method", entry.method);
  member("path", entry.path);
  out.append("\"status\":");
  append_number(out, entry.status);
  out.append(",\"bytes\":");
  append_number(out, entry.bytes);
  out.append(",\"duration_us\":");
  append_number(out, entry.duration.count());
  out.append("}");
}

void append_line(std::string& out, const AccessEntry& entry, AccessLogFormat format) {
  switch (format) {
    case AccessLogFormat::text: return append_text_line(out, entry);
    case AccessLogFormat::json: return append_json_line(out, entry);
  }
}

}  // namespace

std::string access_line_of(const AccessEntry& entry, AccessLogFormat format) {
  std::string line;
  append_line(line, entry, format);
  return line;
}

class BatchedAccessLog::Batches {
 public:
  explicit Batches(Write write) : write_(std::move(write)), writer_([this] { write_batches(); }) {}

  ~Batches() {
    {
      const std::lock_guard lock(mutex_);
      closing_ = true;
    }
    wake_.notify_one();
  }

  void add(const AccessEntry& entry, AccessLogFormat format) {
    const std::lock_guard lock(mutex_);
    if (lines_.size() >= kLargestBatch) {
      ++dropped_;
      return;
    }
    if (!lines_.empty()) lines_.push_back('\n');
    append_line(lines_, entry, format);
  }

 private:
  void write_batches() {
    std::string batch;
    std::unique_lock lock(mutex_);
    while (!closing_ || !lines_.empty()) {
      wake_.wait_for(lock, kInterval, [this] { return closing_; });
      if (lines_.empty()) continue;
      batch.swap(lines_);
      const std::uint64_t dropped = std::exchange(dropped_, 0);
      lock.unlock();
      if (dropped != 0) batch.append("\n# access log lines dropped: ").append(std::to_string(dropped));
      write_(batch);
      batch.clear();
      lock.lock();
    }
  }

  const Write write_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::string lines_;
  std::uint64_t dropped_ = 0;
  bool closing_ = false;
  std::jthread writer_;
};

BatchedAccessLog::BatchedAccessLog(AccessLogFormat format, Write write)
    : format_(format), batches_(std::make_unique<Batches>(std::move(write))) {}
BatchedAccessLog::~BatchedAccessLog() = default;

void BatchedAccessLog::record(const AccessEntry& entry) noexcept { batches_->add(entry, format_); }

std::unique_ptr<BatchedAccessLog> BatchedAccessLog::to_standard_output(AccessLogFormat format) {
  auto logger = std::make_shared<spdlog::logger>("access", std::make_shared<spdlog::sinks::stdout_sink_mt>());
  logger->set_pattern("%v");
  logger->flush_on(spdlog::level::info);
  return std::make_unique<BatchedAccessLog>(format, [logger](std::string_view lines) { logger->info(lines); });
}

}  // namespace cardea::web
