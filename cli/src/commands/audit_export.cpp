#include <cardea/core/audit/audit_export.hpp>
#include <cardea/sql/audit/sql_audit_store.hpp>
#include <ostream>

#include "command_line/accounts.hpp"
#include "commands/commands.hpp"

namespace cardea::cli {
namespace {

constexpr std::size_t kPage = 1000;

struct Arguments {};

// As far as the log goes now: what is written meanwhile is not in the export.
Done export_all(AuditStore& store, std::ostream& out) {
  const auto state = store.state();
  if (!state) return failure(state.error());
  out << audit_export_head(state->anchor) << '\n';
  auto after = state->anchor ? state->anchor->head.sequence : 0;
  while (after < state->head.sequence) {
    const auto records = store.read(after, kPage);
    if (!records) return failure(records.error());
    if (records->empty()) break;
    for (const auto& record : *records) {
      if (record.sequence <= state->head.sequence) out << audit_export_line(record) << '\n';
    }
    after = records->back().sequence;
  }
  out << audit_export_end(state->checkpoint) << '\n';
  return {};
}

ExitStatus run(Invocation& invocation, const Arguments&) {
  return with_accounts(invocation, [&](service::Accounts& accounts, const service::Config&) -> Done {
    sql::SqlAuditStore store{accounts.database()};
    return export_all(store, invocation.terminal.out());
  });
}

}  // namespace

void add_audit_export(Command audit, Invocation& invocation) {
  auto command = audit.add_command(
      "export", "Print the whole log as lines of JSON that others can verify (tools/verify_audit_export.py)");
  when_named(command, invocation, std::make_shared<Arguments>(), run);
}

}  // namespace cardea::cli
