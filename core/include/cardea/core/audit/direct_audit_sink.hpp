// The audit sink of a program that does one thing and ends: each event is in the audit log when `record` returns.
#pragma once

#include <cardea/core/audit/audit_event.hpp>
#include <cardea/core/audit/audit_log.hpp>
#include <functional>
#include <memory>

namespace cardea {

class DirectAuditSink final : public AuditSink {
 public:
  // `lines` is told of every event first; `complain` is given an error when the log cannot be written. What is given
  // outlives this.
  DirectAuditSink(AuditLog& log, std::shared_ptr<AuditSink> lines, std::function<void(const Error&)> complain)
      : log_(log), lines_(std::move(lines)), complain_(std::move(complain)) {}

  void record(const AuditEvent& event) noexcept override;
  void record_all(std::span<const AuditEvent> events) noexcept override;

 private:
  AuditLog& log_;
  std::shared_ptr<AuditSink> lines_;
  std::function<void(const Error&)> complain_;
};

}  // namespace cardea
