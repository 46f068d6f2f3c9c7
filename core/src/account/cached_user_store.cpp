#include <algorithm>
#include <cardea/core/account/cached_user_store.hpp>
#include <functional>
#include <mutex>

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
  return shard_of(username.text()).find(username.text());
}

void CachedUserStore::invalidate(const Username& username) { shard_of(username.text()).forget(username.text()); }

void CachedUserStore::invalidate_all() { std::ranges::for_each(shards_, &Shard::forget_all); }

Result<std::optional<User>> CachedUserStore::find(const Username& username) {
  auto& shard = shard_of(username.text());
  if (auto known = shard.find(username.text())) return known;
  const auto generation = shard.generation();
  auto found = store_.find(username);
  if (found && *found) shard.remember(**found, generation, capacity_per_shard_);
  return found;
}

Result<User> CachedUserStore::set_state(UserId id, AccountState state, Instant now) {
  return invalidated(store_.set_state(id, state, now));
}

Result<User> CachedUserStore::set_roles(UserId id, const Role& first, const RoleList& others, Instant now) {
  return invalidated(store_.set_roles(id, first, others, now));
}

Result<User> CachedUserStore::disable_until(UserId id, Instant end, Instant now) {
  return invalidated(store_.disable_until(id, end, now));
}

Result<User> CachedUserStore::restore(UserId id, Instant now) { return invalidated(store_.restore(id, now)); }

// A change that failed may have happened all the same, to an account whose name is not known here.
Result<User> CachedUserStore::invalidated(Result<User> changed) {
  if (changed) {
    invalidate(changed->username);
  } else if (changed.error().code() != ErrorCode::account_not_found) {
    invalidate_all();
  }
  return changed;
}

}  // namespace cardea
