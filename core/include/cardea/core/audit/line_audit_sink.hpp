// An audit sink that hands each event on as a line of text, to a log for instance.
#pragma once

#include <cardea/core/audit/audit_event.hpp>
#include <functional>
#include <string>

namespace cardea {

class LineAuditSink final : public AuditSink {
 public:
  // `write` takes one line, without its end (audit_line.hpp); it is thread-safe and throws nothing.
  explicit LineAuditSink(std::function<void(const std::string& line)> write) : write_(std::move(write)) {}
  void record(const AuditEvent& event) noexcept override;

 private:
  std::function<void(const std::string& line)> write_;
};

}  // namespace cardea
