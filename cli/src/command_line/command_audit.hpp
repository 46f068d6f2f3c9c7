// Where the events of a command go: the system's log of security matters, as those of other programs that change
// accounts, and the audit log.
#pragma once

#include <cardea/core/audit/direct_audit_sink.hpp>
#include <cardea/service/config/config.hpp>
#include <cardea/sql/audit/sql_audit_store.hpp>

#include "terminal/terminal.hpp"

namespace cardea::cli {

class CommandAudit {
 public:
  // Where the master key cannot be read, the rows are chained, and the server signs them. A log that cannot be written
  // is a warning: the change stands. What is given outlives this.
  CommandAudit(sql::Database& database, const service::Config& config, Terminal& terminal);

  AuditSink& sink() noexcept { return sink_; }

 private:
  sql::SqlAuditStore store_;
  AuditLog log_;
  DirectAuditSink sink_;
};

}  // namespace cardea::cli
