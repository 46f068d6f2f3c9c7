#include <spdlog/formatter.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <cardea/core/base/clock.hpp>
#include <cardea/core/base/json_text.hpp>
#include <cardea/core/base/line_output.hpp>
#include <cardea/service/program/log.hpp>

namespace cardea::service {
namespace {

// With a reader of the log who takes nothing. Whoever logs waits so long, once.
constexpr auto kPatience = std::chrono::milliseconds{50};

spdlog::level::level_enum level_of(LogLevel level) {
  switch (level) {
    case LogLevel::debug: return spdlog::level::debug;
    case LogLevel::info: return spdlog::level::info;
    case LogLevel::warning: return spdlog::level::warn;
    case LogLevel::error: return spdlog::level::err;
  }
  std::unreachable();
}

std::string_view view_of(spdlog::string_view_t text) { return {text.data(), text.size()}; }

// Whatever is in the message, it stays one line.
class LineFormatter final : public spdlog::formatter {
 public:
  explicit LineFormatter(LogFormat format) : format_(format) {}

  void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& out) override {
    const auto time = to_rfc3339(std::chrono::floor<std::chrono::microseconds>(message.time));
    const auto level = view_of(spdlog::level::to_string_view(message.level));
    std::string text;
    append_json_string(text, view_of(message.payload));
    std::string line;
    if (format_ == LogFormat::json) {
      line.append(R"({"time":")").append(time).append(R"(","level":")").append(level);
      line.append(R"(","message":)").append(text).append("}\n");
    } else {
      line.append(time).append(" ").append(level).append(" ").append(text, 1, text.size() - 2).append("\n");
    }
    out.append(line.data(), line.data() + line.size());
  }

  std::unique_ptr<spdlog::formatter> clone() const override { return std::make_unique<LineFormatter>(format_); }

 private:
  LogFormat format_;
};

// What the log and the audit lines share; none before it is set up.
std::shared_ptr<LineOutput>& standard_error() {
  static std::shared_ptr<LineOutput> output;
  return output;
}

std::string gap_line(LogFormat format, std::uint64_t dropped) {
  const auto sentence = std::to_string(dropped) + " lines of this log are missing here: they could not be written";
  spdlog::memory_buf_t line;
  LineFormatter{format}.format({"", spdlog::level::warn, sentence}, line);
  return {line.data(), line.size() - 1};
}

class OutputSink final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  explicit OutputSink(std::shared_ptr<LineOutput> output) : output_(std::move(output)) {}

 private:
  void sink_it_(const spdlog::details::log_msg& message) override {
    spdlog::memory_buf_t line;
    formatter_->format(message, line);
    output_->write({line.data(), line.size()});
  }
  void flush_() override {}

  std::shared_ptr<LineOutput> output_;
};

}  // namespace

void set_up_log(const Config& config) {
  const auto format = config.log_format;
  const auto gap = [format](std::uint64_t dropped) { return gap_line(format, dropped); };
  standard_error() = std::make_shared<LineOutput>(STDERR_FILENO, kPatience, gap);

  auto logger = std::make_shared<spdlog::logger>("cardea", std::make_shared<OutputSink>(standard_error()));
  logger->set_formatter(std::make_unique<LineFormatter>(format));
  logger->set_level(level_of(config.log_level));
  spdlog::set_default_logger(std::move(logger));
}

void log_audit_line(const std::string& line) {
  if (const auto& output = standard_error()) output->write(line);
}

}  // namespace cardea::service
