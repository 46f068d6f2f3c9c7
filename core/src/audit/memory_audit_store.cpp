#include <cardea/core/audit/memory_audit_store.hpp>
#include <ranges>

namespace cardea {
namespace {

bool holds(const AuditFilter& filter, const AuditRecord& record) {
  if (filter.since && record.until < *filter.since) return false;
  if (filter.until && record.at >= *filter.until) return false;
  if (filter.event && record.event != *filter.event) return false;
  if (filter.subject && record.subject != *filter.subject) return false;
  if (filter.address && record.address != *filter.address) return false;
  return !filter.outcome || (*filter.outcome == AuditOutcome::done) == record.reason.empty();
}

std::uint64_t sequence_of(const std::optional<AuditCheckpoint>& checkpoint) {
  return checkpoint ? checkpoint->head.sequence : 0;
}

}  // namespace

Result<AuditState> MemoryAuditStore::state() {
  const std::lock_guard lock{mutex_};
  return state_;
}

Result<bool> MemoryAuditStore::append(const AuditHead& after, std::span<const AuditRecord> records,
                                      const std::optional<AuditCheckpoint>& checkpoint) {
  const std::lock_guard lock{mutex_};
  if (state_.head != after) return false;
  records_.insert(records_.end(), records.begin(), records.end());
  if (!records.empty()) state_.head = {records.back().sequence, records.back().hash};
  if (checkpoint) state_.checkpoint = checkpoint;
  return true;
}

Result<std::vector<AuditRecord>> MemoryAuditStore::read(std::uint64_t after, std::size_t limit) {
  const std::lock_guard lock{mutex_};
  std::vector<AuditRecord> found;
  for (const auto& record : records_) {
    if (record.sequence > after && found.size() < limit) found.push_back(record);
  }
  return found;
}

Result<AuditPage> MemoryAuditStore::page(const AuditFilter& filter, std::optional<std::uint64_t> before,
                                         std::size_t limit) {
  const std::lock_guard lock{mutex_};
  AuditPage page;
  for (const auto& record : records_ | std::views::reverse) {
    if ((before && record.sequence >= *before) || !holds(filter, record)) continue;
    if (page.records.size() == limit) {
      page.next = page.records.back().sequence;
      break;
    }
    page.records.push_back(record);
  }
  return page;
}

Result<bool> MemoryAuditStore::prune(const AuditCheckpoint& anchor) {
  const std::lock_guard lock{mutex_};
  if (anchor.head.sequence <= sequence_of(state_.anchor)) return false;
  std::erase_if(records_, [&](const auto& record) { return record.sequence <= anchor.head.sequence; });
  state_.anchor = anchor;
  return true;
}

Result<bool> MemoryAuditStore::replace_signatures(const AuditState& expected,
                                                  const std::optional<AuditCheckpoint>& checkpoint,
                                                  const std::optional<AuditCheckpoint>& anchor) {
  const std::lock_guard lock{mutex_};
  if (state_.checkpoint != expected.checkpoint || state_.anchor != expected.anchor) return false;
  if (checkpoint) state_.checkpoint = checkpoint;
  if (anchor) state_.anchor = anchor;
  return true;
}

}  // namespace cardea
