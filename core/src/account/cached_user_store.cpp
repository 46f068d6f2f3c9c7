#include <algorithm>
#include <cardea/core/account/cached_user_store.hpp>
#include <functional>
#include <mutex>
#include <shared_mutex>

namespace cardea {

std::optional<User> CachedUserStore::Shard::find(std::string_view username) const {
  const std::shared_lock lock{mutex_};
  const auto found = by_name_.find(username);
  return found == by_name_.end() ? std::optional<User>{} : *found->second;
}

std::uint64_t CachedUserStore::Shard::generation() const {
  const std::shared_lock lock{mutex_};
  return generation_;
}

void CachedUserStore::Shard::remember(const User& user, std::uint64_t seen_generation, std::size_t capacity) {
  const std::unique_lock lock{mutex_};
  if (generation_ != seen_generation || by_name_.contains(user.username.text())) return;
  if (users_.size() >= capacity) {
    by_name_.erase(users_.front().username.text());
    users_.pop_front();
  }
  const auto added = users_.insert(users_.end(), user);
  by_name_.emplace(added->username.text(), added);
}

void CachedUserStore::Shard::forget(std::string_view username) {
  const std::unique_lock lock{mutex_};
  ++generation_;
  const auto found = by_name_.find(username);
  if (found == by_name_.end()) return;
  const auto user = found->second;
  by_name_.erase(found);
  users_.erase(user);
}

void CachedUserStore::Shard::forget_all() {
  const std::unique_lock lock{mutex_};
  ++generation_;
  by_name_.clear();
  users_.clear();
}

CachedUserStore::CachedUserStore(UserStore& store, std::size_t capacity)
    : store_(store), capacity_per_shard_(std::max<std::size_t>(capacity / kShards, 1)) {}

CachedUserStore::Shard& CachedUserStore::shard_of(std::string_view username) {
  return shards_[std::hash<std::string_view>{}(username) % kShards];
}

const CachedUserStore::Shard& CachedUserStore::shard_of(std::string_view username) const {
  return shards_[std::hash<std::string_view>{}(username) % kShards];
}

std::optional<User> CachedUserStore::find_without_waiting(const Username& username) const {
  auto known = shard_of(username.text()).find(username.text());
  if (known) look_ups_.hits.add();
  return known;
}

void CachedUserStore::invalidate(const Username& username) { shard_of(username.text()).forget(username.text()); }

void CachedUserStore::invalidate_all() { std::ranges::for_each(shards_, &Shard::forget_all); }

Result<std::optional<User>> CachedUserStore::find(const Username& username) {
  auto& shard = shard_of(username.text());
  if (auto known = shard.find(username.text())) {
    look_ups_.hits.add();
    return known;
  }
  look_ups_.misses.add();
  const auto generation = shard.generation();
  auto found = store_.find(username);
  if (found && *found) shard.remember(**found, generation, capacity_per_shard_);
  return found;
}

Result<UserRecord> CachedUserStore::change(UserId id, const UserChange& change, const ChangeConditions& conditions,
                                           Instant now) {
  auto changed = store_.change(id, change, conditions, now);
  invalidate_after(changed ? Result<Username>{changed->user.username} : failure(changed.error()));
  return changed;
}

Result<User> CachedUserStore::restore(UserId id, Instant now) {
  auto restored = store_.restore(id, now);
  invalidate_after(restored ? Result<Username>{restored->username} : failure(restored.error()));
  return restored;
}

Result<UserRecordPage> CachedUserStore::search(const UserQuery& query, Instant now) {
  return store_.search(query, now);
}

Result<bool> CachedUserStore::has_active_with(std::span<const Role> roles, Instant now) {
  return store_.has_active_with(roles, now);
}

// A change that failed may have happened all the same, to an account whose name is not known here.
void CachedUserStore::invalidate_after(const Result<Username>& changed) {
  static constexpr std::array kUnchanged{ErrorCode::account_not_found, ErrorCode::precondition_failed,
                                         ErrorCode::last_administrator};
  if (changed) return invalidate(*changed);
  if (std::ranges::find(kUnchanged, changed.error().code()) == kUnchanged.end()) invalidate_all();
}

}  // namespace cardea
