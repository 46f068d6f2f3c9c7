// Counts events on their way to another sink: what happens is counted where it is told, and nowhere else.
#pragma once

#include <array>
#include <atomic>
#include <cardea/core/audit/audit_event.hpp>
#include <cardea/core/metrics/error_counts.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace cardea {

class CountedAuditSink final : public AuditSink {
 public:
  static constexpr std::size_t kActions = static_cast<std::size_t>(AuditAction::audit_events_lost) + 1;

  explicit CountedAuditSink(std::shared_ptr<AuditSink> next) : next_(std::move(next)) {}

  void record(const AuditEvent& event) noexcept override;

  // All of them, and those that failed for that reason.
  std::uint64_t count(AuditAction action) const noexcept;
  std::uint64_t count(AuditAction action, ErrorCode reason) const noexcept;

 private:
  std::shared_ptr<AuditSink> next_;
  std::array<std::atomic<std::uint64_t>, kActions> all_{};
  std::array<ErrorCounts, kActions> failures_;
};

}  // namespace cardea
