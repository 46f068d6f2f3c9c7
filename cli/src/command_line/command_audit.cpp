#include "command_line/command_audit.hpp"

#include <cardea/core/audit/line_audit_sink.hpp>
#include <cardea/service/wiring/audit_trail.hpp>
#include <ostream>

#include "command_line/system_log.hpp"

namespace cardea::cli {
namespace {

std::optional<AuditSigner> signer_of(const service::Config& config) {
  auto signer = service::audit_signer_of(config);
  return signer ? std::optional{*std::move(signer)} : std::nullopt;
}

}  // namespace

CommandAudit::CommandAudit(sql::Database& database, const service::Config& config, Terminal& terminal)
    : store_(database),
      log_(store_, signer_of(config)),
      sink_(log_, std::make_shared<LineAuditSink>(write_to_system_log), [&terminal](const Error& error) {
        terminal.err() << "warning: this was done, and is not in the audit log: " << error.private_text() << '\n';
      }) {}

}  // namespace cardea::cli
