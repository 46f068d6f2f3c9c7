#include <algorithm>
#include <cardea/core/audit/audit_folding.hpp>
#include <utility>

namespace cardea {
namespace {

void count(std::optional<FoldedEvent>& folded, AuditEvent event) {
  if (!folded) {
    folded = FoldedEvent::of(std::move(event));
    return;
  }
  ++folded->count;
  folded->until = std::max(folded->until, event.at);
}

// What is the same for all that share a row.
AuditEvent shared_part(AuditEvent event, bool has_subject, bool has_address) {
  if (!has_subject) event.subject.clear();
  if (!has_address) event.origin = {};
  return event;
}

}  // namespace

std::optional<FoldedEvent> AuditFolding::add(const AuditEvent& event, Instant now) {
  if (!event.reason) return FoldedEvent::of(event);
  Kind kind{event.action, *event.reason, event.origin.address, event.subject};
  auto found = counted_.find(kind);
  if (found == counted_.end()) {
    if (subjects_of(kind) >= limits_.subjects_of_an_address) kind.subject.clear();
    found = counted_.find(kind);
  }
  if (found == counted_.end()) {
    if (may_tell_apart(now)) {
      counted_.emplace(std::move(kind), Counted{now + limits_.window, std::nullopt});
      return FoldedEvent::of(event);
    }
    found = counted_.try_emplace(Kind{kind.action, kind.reason, {}, {}}, Counted{now + limits_.window, {}}).first;
  }
  count(found->second.folded, shared_part(event, !found->first.subject.empty(), !found->first.address.empty()));
  return std::nullopt;
}

std::vector<FoldedEvent> AuditFolding::take_due(Instant now) {
  std::vector<FoldedEvent> due;
  due.reserve(counted_.size());  // so that what is taken is not lost to a lack of memory
  for (auto entry = counted_.begin(); entry != counted_.end();) {
    auto& [ends_at, folded] = entry->second;
    // A clock that was set back does not make a window longer.
    if (now < ends_at && ends_at <= now + limits_.window) {
      ++entry;
    } else if (folded) {
      due.push_back(*std::exchange(folded, std::nullopt));
      ends_at = now + limits_.window;
      ++entry;
    } else {
      entry = counted_.erase(entry);
    }
  }
  return due;
}

std::vector<FoldedEvent> AuditFolding::take_all() {
  std::vector<FoldedEvent> all;
  all.reserve(counted_.size());
  for (auto& [kind, counted] : counted_) {
    if (counted.folded) all.push_back(*std::move(counted.folded));
  }
  counted_.clear();
  return all;
}

bool AuditFolding::may_tell_apart(Instant now) {
  if (now >= budget_ends_at_ || budget_ends_at_ > now + limits_.window) {
    budget_ends_at_ = now + limits_.window;
    rows_left_ = limits_.rows_in_a_window;
  }
  if (rows_left_ == 0 || counted_.size() >= limits_.rows_in_a_window) return false;
  --rows_left_;
  return true;
}

std::size_t AuditFolding::subjects_of(const Kind& kind) const {
  std::size_t subjects = 0;
  const Kind first{kind.action, kind.reason, kind.address, {}};
  for (auto entry = counted_.lower_bound(first); entry != counted_.end(); ++entry) {
    const auto& other = entry->first;
    if (std::tie(other.action, other.reason, other.address) != std::tie(kind.action, kind.reason, kind.address)) break;
    ++subjects;
  }
  return subjects;
}

}  // namespace cardea
