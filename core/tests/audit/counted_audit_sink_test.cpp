#include <gtest/gtest.h>

#include <cardea/core/audit/counted_audit_sink.hpp>
#include <cardea/core/audit/memory_audit_sink.hpp>
#include <thread>
#include <vector>

namespace cardea {
namespace {

AuditEvent event(AuditAction action, std::optional<ErrorCode> reason = {}) {
  return {.at = {}, .action = action, .subject = "alice", .origin = {}, .reason = reason};
}

TEST(CountedAuditSink, CountsEventsByActionAndReasonAndHandsThemOn) {
  const auto next = std::make_shared<MemoryAuditSink>();
  CountedAuditSink sink{next};
  sink.record(event(AuditAction::login_succeeded));
  sink.record(event(AuditAction::login_failed, ErrorCode::invalid_credentials));
  sink.record(event(AuditAction::login_failed, ErrorCode::user_disabled));
  sink.record(event(AuditAction::audit_events_lost, ErrorCode::store_unavailable));
  EXPECT_EQ(sink.count(AuditAction::login_succeeded), 1U);
  EXPECT_EQ(sink.count(AuditAction::login_failed), 2U);
  EXPECT_EQ(sink.count(AuditAction::login_failed, ErrorCode::user_disabled), 1U);
  EXPECT_EQ(sink.count(AuditAction::login_failed, ErrorCode::store_unavailable), 0U);
  EXPECT_EQ(sink.count(AuditAction::audit_events_lost), 1U);
  EXPECT_EQ(sink.count(AuditAction::session_ended), 0U);
  EXPECT_EQ(next->events().size(), 4U);
}

TEST(CountedAuditSink, IsExactHoweverManyThreadsRecord) {
  CountedAuditSink sink{std::make_shared<MemoryAuditSink>()};
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&sink] {
        for (int time = 0; time < 1'000; ++time)
          sink.record(event(AuditAction::token_refused, ErrorCode::token_invalid));
      });
    }
  }
  EXPECT_EQ(sink.count(AuditAction::token_refused), 4'000U);
  EXPECT_EQ(sink.count(AuditAction::token_refused, ErrorCode::token_invalid), 4'000U);
}

}  // namespace
}  // namespace cardea
