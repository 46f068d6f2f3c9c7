#include <algorithm>
#include <cardea/core/audit/audit_export.hpp>
#include <cardea/sql/audit/sql_audit_store.hpp>
#include <iterator>

#include "command_line/accounts.hpp"
#include "commands/commands.hpp"

namespace cardea::cli {
namespace {

constexpr std::size_t kPage = 200;

struct Arguments {
  std::optional<std::string> since, until, event, subject, address, outcome;
  std::size_t limit = 50;
  bool json = false;
};

Result<std::optional<Instant>> instant_given(const std::optional<std::string>& text) {
  if (!text) return std::optional<Instant>{};
  auto instant = parse_instant(*text);
  if (!instant) return failure(std::move(instant).error());
  return std::optional{*instant};
}

Result<AuditFilter> filter_of(const Arguments& arguments) {
  const auto since = instant_given(arguments.since);
  if (!since) return failure(since.error());
  const auto until = instant_given(arguments.until);
  if (!until) return failure(until.error());
  if (arguments.event && !parse_audit_action(*arguments.event)) {
    return failure(ErrorCode::invalid_request, PublicText{"No such event; docs/audit.md lists all of them"});
  }
  AuditFilter filter{*since, *until, arguments.event, arguments.subject, arguments.address, std::nullopt};
  if (arguments.outcome) filter.outcome = *arguments.outcome == "done" ? AuditOutcome::done : AuditOutcome::refused;
  return filter;
}

// The last ones, the last one first.
Result<std::vector<AuditRecord>> last_of(AuditStore& store, const AuditFilter& filter, std::size_t limit) {
  std::vector<AuditRecord> records;
  std::optional<std::uint64_t> before;
  do {
    auto page = store.page(filter, before, std::min(kPage, limit - records.size()));
    if (!page) return failure(std::move(page).error());
    std::ranges::move(page->records, std::back_inserter(records));
    before = page->next;
  } while (before && records.size() < limit);
  return records;
}

std::string as_json(const std::vector<AuditRecord>& records) {
  std::string array;
  for (const auto& record : records) array += (array.empty() ? "" : ",") + audit_export_line(record);
  return '[' + array + "]\n";
}

Row row_of(const AuditRecord& record) {
  return {std::to_string(record.sequence),
          to_rfc3339(record.at),
          record.event,
          record.reason.empty() ? "done" : record.reason,
          record.subject,
          record.address,
          std::to_string(record.count)};
}

std::string as_table(const std::vector<AuditRecord>& records) {
  std::vector<Row> rows;
  for (const auto& record : records) rows.push_back(row_of(record));
  return table({"ROW", "AT", "EVENT", "OUTCOME", "SUBJECT", "ADDRESS", "COUNT"}, std::move(rows));
}

ExitStatus run(Invocation& invocation, const Arguments& arguments) {
  return with_accounts(invocation, [&](service::Accounts& accounts, const service::Config&) -> Done {
    const auto filter = filter_of(arguments);
    if (!filter) return failure(filter.error());
    sql::SqlAuditStore store{accounts.database()};
    const auto records = last_of(store, *filter, arguments.limit);
    if (!records) return failure(records.error());
    invocation.terminal.out() << (arguments.json ? as_json(*records) : as_table(*records));
    return {};
  });
}

}  // namespace

void add_audit_list(Command audit, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto command = audit.add_command("list", "Print what has happened, the last events first");
  command.add_option("--since", arguments->since, "From this time on").type_name("TIME");
  command.add_option("--until", arguments->until, "Before this time").type_name("TIME");
  command.add_option("--event", arguments->event, "Of this kind only, such as login_failed").type_name("EVENT");
  command.add_option("--subject", arguments->subject, "Of this user, key or client only").type_name("NAME");
  command.add_option("--address", arguments->address, "From this address only").type_name("ADDRESS");
  command.add_option("--outcome", arguments->outcome, "done or refused").one_of({"done", "refused"});
  command.add_option("--limit", arguments->limit, "How many at the most").between(1, 1'000'000).show_default();
  command.add_flag("--json", arguments->json, "For programs");
  when_named(command, invocation, arguments, run);
}

}  // namespace cardea::cli
