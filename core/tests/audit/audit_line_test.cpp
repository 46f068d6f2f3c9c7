#include <gtest/gtest.h>

#include <cardea/core/audit/audit_line.hpp>
#include <cardea/core/audit/line_audit_sink.hpp>
#include <vector>

namespace cardea {
namespace {

AuditEvent event(std::string subject, std::optional<ErrorCode> reason) {
  return {parse_instant("2026-01-01T12:00:00Z").value(), AuditAction::login_failed, std::move(subject),
          Origin{"192.0.2.7", "request-1"}, reason};
}

TEST(AuditLine, SaysWhatHappenedToWhomFromWhere) {
  EXPECT_EQ(audit_line(event("bob", ErrorCode::user_disabled)),
            R"({"at":"2026-01-01T12:00:00Z","event":"login_failed","outcome":"refused","reason":"user_disabled",)"
            R"("subject":"bob","address":"192.0.2.7","request_id":"request-1"})");
}

TEST(AuditLine, HasNoReasonWithoutARefusal) {
  const auto line = audit_line(event("bob", std::nullopt));
  EXPECT_TRUE(line.contains(R"("outcome":"done","subject":)")) << line;
}

TEST(AuditLine, StaysOneLineWhateverWasTypedAsAName) {
  const auto line = audit_line(event("a\n{\"b\\\r\t\x1b[31m\xff", std::nullopt));
  EXPECT_EQ(line.find_first_of("\n\r\t\x1b"), line.npos);
  EXPECT_TRUE(line.contains(R"("subject":"a\n{\"b\\\r\t\u001b[31m)")) << line;
}

TEST(LineAuditSink, WritesEachEventAsOneLine) {
  std::vector<std::string> lines;
  LineAuditSink sink{[&](const std::string& line) { lines.push_back(line); }};
  sink.record(event("bob", std::nullopt));
  sink.record(event("carol", std::nullopt));
  EXPECT_EQ(lines, (std::vector{audit_line(event("bob", std::nullopt)), audit_line(event("carol", std::nullopt))}));
}

}  // namespace
}  // namespace cardea
