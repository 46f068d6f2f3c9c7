#include <spdlog/formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <cardea/core/base/clock.hpp>
#include <cardea/core/base/json_text.hpp>
#include <cardea/service/program/log.hpp>

namespace cardea::service {
namespace {

constexpr auto kAudit = "audit";

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
      line.append("{\"time\":\"").append(time).append("\",\"level\":\"").append(level);
      line.append("\",\"message\":").append(text).append("}\n");
    } else {
      line.append(time).append(" ").append(level).append(" ").append(text, 1, text.size() - 2).append("\n");
    }
    out.append(line.data(), line.data() + line.size());
  }

  std::unique_ptr<spdlog::formatter> clone() const override { return std::make_unique<LineFormatter>(format_); }

 private:
  LogFormat format_;
};

}  // namespace

void set_up_log(const Config& config) {
  const auto sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
  auto logger = std::make_shared<spdlog::logger>("cardea", sink);
  logger->set_formatter(std::make_unique<LineFormatter>(config.log_format));
  logger->set_level(level_of(config.log_level));
  spdlog::set_default_logger(std::move(logger));

  auto audit = std::make_shared<spdlog::logger>(kAudit, std::make_shared<spdlog::sinks::stderr_sink_mt>());
  audit->set_pattern("%v");
  spdlog::drop(kAudit);
  spdlog::register_logger(std::move(audit));
}

void log_audit_line(const std::string& line) {
  if (const auto logger = spdlog::get(kAudit)) logger->info(line);
}

}  // namespace cardea::service
