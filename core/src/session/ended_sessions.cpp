#include <cardea/core/session/ended_sessions.hpp>
#include <mutex>
#include <shared_mutex>

namespace cardea {

bool EndedSessions::is_revoked(const VerifiedToken& token) const noexcept {
  const auto& claims = token.claims();
  if (!claims.session_id || is_empty_.load(std::memory_order_acquire)) return false;
  const std::shared_lock lock{mutex_};
  if (access_ends_by_id_.contains(std::string_view{*claims.session_id})) return true;
  return all_before_ != Instant::min() && (!claims.issued_at || *claims.issued_at <= NumericDate{all_before_});
}

void EndedSessions::add(std::span<const EndedSession> ended, Instant now) {
  if (ended.empty()) return;
  const std::unique_lock lock{mutex_};
  for (const auto& session : ended) {
    const auto [place, is_new] = access_ends_by_id_.insert_or_assign(session.id.text(), session.access_ends_at);
    if (is_new) arrivals_.push_back({session.id.text(), now});
  }
  make_room();
  is_empty_.store(false, std::memory_order_release);
}

void EndedSessions::make_room() {
  while (arrivals_.size() > capacity_) {
    all_before_ = std::max(all_before_, arrivals_.front().ended_by);
    access_ends_by_id_.erase(arrivals_.front().id);
    arrivals_.pop_front();
  }
}

void EndedSessions::prune(Instant now) {
  const std::unique_lock lock{mutex_};
  std::erase_if(arrivals_, [&](const Arrival& arrival) {
    const auto found = access_ends_by_id_.find(arrival.id);
    if (found->second + kMargin > now) return false;
    access_ends_by_id_.erase(found);
    return true;
  });
  is_empty_.store(arrivals_.empty() && all_before_ == Instant::min(), std::memory_order_release);
}

std::size_t EndedSessions::size() const {
  const std::shared_lock lock{mutex_};
  return arrivals_.size();
}

}  // namespace cardea
