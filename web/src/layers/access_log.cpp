#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cardea/core/base/line_output.hpp>
#include <cardea/core/base/thread_number.hpp>
#include <cardea/web/layers/access_log.hpp>
#include <charconv>
#include <condition_variable>
#include <mutex>
#include <new>
#include <string>
#include <thread>
#include <utility>

namespace cardea::web {
namespace {

constexpr auto kInterval = std::chrono::milliseconds{200};
constexpr auto kPatience = std::chrono::seconds{1};  // with a reader; also at the end, which waits for the last batch
constexpr std::size_t kFullBatch = std::size_t{1} << 18U;     // of one thread; is written at once
constexpr std::size_t kLargestBatch = std::size_t{1} << 22U;  // of one thread; drops what comes beyond

// Stands in a line as it is.
constexpr bool is_plain(char c) noexcept { return c >= ' ' && c < '\x7f' && c != '"' && c != '\\'; }

void append_escape(std::string& out, char c) {
  if (c == '"' || c == '\\') {
    out.append("\\").push_back(c);
    return;
  }
  constexpr std::string_view kDigits = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  out.append("\\u00").push_back(kDigits[byte >> 4U]);
  out.push_back(kDigits[byte & 0xfU]);
}

void append_escaped(std::string& out, std::string_view text) {
  for (;;) {
    const std::string_view plain{text.begin(), std::ranges::find_if_not(text, is_plain)};
    out.append(plain);
    text.remove_prefix(plain.size());
    if (text.empty()) return;
    append_escape(out, text.front());
    text.remove_prefix(1);
  }
}

template <class Number>
void append_number(std::string& out, Number number) {
  std::array<char, 24> digits{};
  out.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
}

// As to_rfc3339 writes it, but always with six digits of a fraction, and the second only once a second.
void append_time(std::string& out, Instant instant) {
  thread_local std::chrono::sys_seconds written{std::chrono::seconds{-1}};
  thread_local std::string text;
  const auto second = std::chrono::floor<std::chrono::seconds>(instant);
  if (second != written) {
    text.clear();
    append_rfc3339(text, second);
    text.back() = '.';
    written = second;
  }
  const auto fraction = std::to_string(1'000'000 + (instant - second).count());
  out.append(text).append(fraction, 1).append("Z");
}

void append_text_line(std::string& out, const AccessEntry& entry) {
  append_time(out, entry.received_at);
  out.append(" ");
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
  if (entry.trace) out.append(" ").append(entry.trace->trace_id()).append("-").append(entry.trace->parent_id());
}

void append_json_line(std::string& out, const AccessEntry& entry) {
  const auto member = [&out](std::string_view name, std::string_view text) {
    out.append("\"").append(name).append("\":\"");
    append_escaped(out, text);
    out.append("\",");
  };
  out.append(R"({"time":")");
  append_time(out, entry.received_at);
  out.append("\",");
  member("request_id", entry.request_id);
  if (entry.trace) {
    member("trace_id", entry.trace->trace_id());
    member("parent_id", entry.trace->parent_id());
  }
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

std::string gap_line(AccessLogFormat format, std::uint64_t dropped) {
  const auto count = std::to_string(dropped);
  return format == AccessLogFormat::json ? "{\"dropped\":" + count + "}" : count + " lines dropped";
}

}  // namespace

std::string access_line_of(const AccessEntry& entry, AccessLogFormat format) {
  std::string line;
  append_line(line, entry, format);
  return line;
}

class BatchedAccessLog::Batches {
 public:
  Batches(AccessLogFormat format, Write write)
      : format_(format), write_(std::move(write)), writer_([this] { write_batches(); }) {}

  ~Batches() {
    {
      const std::lock_guard lock(mutex_);
      closing_ = true;
    }
    wake_.notify_one();
  }

  void add(const AccessEntry& entry) {
    const bool is_full = parts_[thread_number() % parts_.size()].add(entry, format_);
    // Without the lock, which all threads would share: a call that the writer misses costs no more than its interval.
    if (is_full && !any_full_.exchange(true)) wake_.notify_one();
  }

 private:
  // What one thread has to say, and the writer alone takes.
  class alignas(64) Part {
   public:
    // Whether it has become a full batch.
    bool add(const AccessEntry& entry, AccessLogFormat format) noexcept {
      const std::lock_guard lock(mutex_);
      const auto size = lines_.size();
      if (size >= kLargestBatch) {
        ++dropped_;
        return false;
      }
      try {
        lines_.reserve(2 * kFullBatch);
        if (!lines_.empty()) lines_.push_back('\n');
        append_line(lines_, entry, format);
      } catch (const std::bad_alloc&) {
        lines_.resize(size);  // without the part of a line
        ++dropped_;
      }
      return size < kFullBatch && lines_.size() >= kFullBatch;
    }

    // Gives the lines that there were, and how many more were dropped.
    std::uint64_t take(std::string& lines) {
      lines.clear();
      const std::lock_guard lock(mutex_);
      lines.swap(lines_);
      return std::exchange(dropped_, 0);
    }

    // For the next time.
    void add_dropped(std::uint64_t count) {
      const std::lock_guard lock(mutex_);
      dropped_ += count;
    }

   private:
    std::mutex mutex_;
    std::string lines_;
    std::uint64_t dropped_ = 0;
  };

  void write_batches() {
    for (bool is_last = false; !is_last;) {
      {
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, kInterval, [this] { return closing_ || any_full_; });
        is_last = closing_;
      }
      any_full_ = false;
      for (std::size_t i = 0; i < parts_.size(); ++i) write_batch(parts_[i], batches_[i]);
    }
  }

  void write_batch(Part& part, std::string& batch) {
    const auto dropped = part.take(batch);
    if (dropped != 0) append_gap(part, batch, dropped);
    if (!batch.empty()) write_(batch);
  }

  void append_gap(Part& part, std::string& batch, std::uint64_t dropped) try {
    batch.append((batch.empty() ? "" : "\n") + gap_line(format_, dropped));
  } catch (const std::bad_alloc&) {
    part.add_dropped(dropped);
  }

  const AccessLogFormat format_;
  const Write write_;
  std::array<Part, kThreadNumbers> parts_;
  std::array<std::string, kThreadNumbers> batches_;  // the writer's; each returns to where it came from, with its room
  std::atomic<bool> any_full_ = false;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool closing_ = false;
  std::jthread writer_;
};

BatchedAccessLog::BatchedAccessLog(AccessLogFormat format, Write write)
    : batches_(std::make_unique<Batches>(format, std::move(write))) {}
BatchedAccessLog::~BatchedAccessLog() = default;

void BatchedAccessLog::record(const AccessEntry& entry) noexcept { batches_->add(entry); }

std::unique_ptr<BatchedAccessLog> BatchedAccessLog::to_standard_output(AccessLogFormat format) {
  const auto gap = [format](std::uint64_t dropped) { return gap_line(format, dropped); };
  auto output = std::make_shared<LineOutput>(STDOUT_FILENO, kPatience, gap);
  return std::make_unique<BatchedAccessLog>(format, [output](std::string_view lines) { output->write(lines); });
}

}  // namespace cardea::web
