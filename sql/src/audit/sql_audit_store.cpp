#include <cardea/sql/audit/sql_audit_store.hpp>
#include <limits>

#include "audit/audit_statements.hpp"
#include "database/connection_pool.hpp"

namespace cardea::sql {
namespace {

constexpr auto kLastSequence = std::numeric_limits<long long>::max();

long long microseconds_of(Instant instant) { return instant.time_since_epoch().count(); }

std::vector<AuditRecord> fetch_all(soci::statement& statement, const AuditRow& row) {
  std::vector<AuditRecord> records;
  statement.execute();
  while (statement.fetch()) records.push_back(row.record());
  return records;
}

// A filter as conditions of SQL, and the values that they are bound to.
class Conditions {
 public:
  Conditions(const AuditFilter& filter, std::optional<std::uint64_t> before, std::size_t limit)
      : filter_(filter),
        before_(before ? static_cast<long long>(*before) : kLastSequence),
        since_(filter.since ? microseconds_of(*filter.since) : 0),
        until_(filter.until ? microseconds_of(*filter.until) : 0),
        limit_(static_cast<long long>(limit)) {}

  std::string text() const {
    std::string text = "WHERE sequence < :before";
    if (filter_.since) text += " AND last_at >= :since";
    if (filter_.until) text += " AND first_at < :until";
    if (filter_.event) text += " AND event = :event";
    if (filter_.subject) text += " AND subject = :subject";
    if (filter_.address) text += " AND address = :address";
    if (filter_.outcome) text += *filter_.outcome == AuditOutcome::done ? " AND reason = ''" : " AND reason <> ''";
    return text + " ORDER BY sequence DESC LIMIT :limit";
  }

  void bind(soci::details::prepare_temp_type& prepared) const {
    prepared, soci::use(before_);
    if (filter_.since) prepared, soci::use(since_);
    if (filter_.until) prepared, soci::use(until_);
    if (filter_.event) prepared, soci::use(*filter_.event);
    if (filter_.subject) prepared, soci::use(*filter_.subject);
    if (filter_.address) prepared, soci::use(*filter_.address);
    prepared, soci::use(limit_);
  }

 private:
  const AuditFilter& filter_;
  long long before_, since_, until_, limit_;
};

void set_expected(AuditStatements& audit, const AuditHead& head) {
  audit.expected.sequence = static_cast<long long>(head.sequence);
  audit.expected.hash = head.hash;
}

// Moves the head from `after` to `to`. False: it was somewhere else.
bool move_head(AuditStatements& audit, const AuditHead& after, const AuditHead& to) {
  set_expected(audit, after);
  audit.mark.sequence = static_cast<long long>(to.sequence);
  audit.mark.hash = to.hash;
  return fetch_one(audit.move_head);
}

Done replace_one(AuditStatements& audit, std::string_view name, const std::optional<AuditCheckpoint>& expected,
                 const std::optional<AuditCheckpoint>& replacement) {
  if (!replacement) return {};
  audit.mark = row_of(name, *replacement);
  audit.expected.signature = expected ? expected->signature : std::string{};
  if (fetch_one(audit.replace_signature)) return {};
  return failure(ErrorCode::conflict);
}

}  // namespace

Result<AuditState> SqlAuditStore::state() {
  return connections_.with_connection([](Connection& connection) -> Result<AuditState> {
    auto& audit = connection.prepared<AuditStatements>();
    std::optional<AuditHead> head;
    AuditState state;
    audit.marks.execute();
    while (audit.marks.fetch()) {
      const auto& row = audit.mark_row;
      if (row.name == "head") head = row.head();
      if (row.name == "checkpoint") state.checkpoint = row.checkpoint();
      if (row.name == "anchor") state.anchor = row.checkpoint();
    }
    if (!head) return failure(ErrorCode::store_corrupt, PrivateText{"the audit log has no head"});
    state.head = *std::move(head);
    return state;
  });
}

Result<bool> SqlAuditStore::append(const AuditHead& after, std::span<const AuditRecord> records,
                                   const std::optional<AuditCheckpoint>& checkpoint) {
  const auto head = records.empty() ? after : AuditHead{records.back().sequence, records.back().hash};
  return connections_.write([&](Connection& connection) -> Result<bool> {
    auto& audit = connection.prepared<AuditStatements>();
    if (!move_head(audit, after, head)) return false;
    for (const auto& record : records) {
      audit.input = row_of(record);
      audit.add.execute(true);
    }
    if (checkpoint) {
      audit.mark = row_of("checkpoint", *checkpoint);
      audit.set_checkpoint.execute(true);
    }
    return true;
  });
}

Result<std::vector<AuditRecord>> SqlAuditStore::read(std::uint64_t after, std::size_t limit) {
  return connections_.with_connection([&](Connection& connection) -> Result<std::vector<AuditRecord>> {
    auto& audit = connection.prepared<AuditStatements>();
    audit.after = static_cast<long long>(after);
    audit.limit = static_cast<long long>(limit);
    return fetch_all(audit.read, audit.row);
  });
}

Result<AuditPage> SqlAuditStore::page(const AuditFilter& filter, std::optional<std::uint64_t> before,
                                      std::size_t limit) {
  return connections_.with_connection([&](Connection& connection) -> Result<AuditPage> {
    const Conditions conditions{filter, before, limit + 1};
    AuditRow row;
    auto prepared = select_audit(connection.session(), row, conditions.text());
    conditions.bind(prepared);
    soci::statement statement{prepared};
    AuditPage page{.records = fetch_all(statement, row), .next = std::nullopt};
    if (page.records.size() <= limit) return page;
    page.records.pop_back();
    page.next = page.records.back().sequence;
    return page;
  });
}

Result<bool> SqlAuditStore::prune(const AuditCheckpoint& anchor) {
  return connections_.write([&](Connection& connection) -> Result<bool> {
    auto& audit = connection.prepared<AuditStatements>();
    audit.mark = row_of("anchor", anchor);
    if (!fetch_one(audit.move_anchor)) return false;
    audit.remove.execute(true);
    return true;
  });
}

Result<bool> SqlAuditStore::replace_signatures(const AuditState& expected,
                                               const std::optional<AuditCheckpoint>& checkpoint,
                                               const std::optional<AuditCheckpoint>& anchor) {
  const auto replaced = connections_.write([&](Connection& connection) -> Done {
    auto& audit = connection.prepared<AuditStatements>();
    if (auto done = replace_one(audit, "checkpoint", expected.checkpoint, checkpoint); !done) return done;
    return replace_one(audit, "anchor", expected.anchor, anchor);
  });
  if (replaced) return true;
  if (replaced.error().code() == ErrorCode::conflict) return false;
  return failure(replaced.error());
}

}  // namespace cardea::sql
