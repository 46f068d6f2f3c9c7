#include <algorithm>
#include <cardea/core/account/memory_user_store.hpp>
#include <mutex>

namespace cardea {

void MemoryUserStore::Row::become(const UserRecord& record) {
  user = record.user;
  email = record.email;
  ++version;
  if (user.state != AccountState::deleted) return;
  reset.reset();
  password_hash = PasswordHash{""};
}

void MemoryUserStore::Row::set_password(const PasswordHash& hash) {
  password_hash = hash;
  reset.reset();
  ++version;
}

MemoryUserStore::Row* MemoryUserStore::row(UserId id) {
  const auto known = id.value >= 1 && static_cast<std::size_t>(id.value) <= rows_.size();
  return known ? &rows_[static_cast<std::size_t>(id.value) - 1] : nullptr;
}

Result<MemoryUserStore::Row*> MemoryUserStore::living_row(UserId id) {
  auto* const found = row(id);
  if (found == nullptr || found->user.state == AccountState::deleted) return failure(ErrorCode::account_not_found);
  return found;
}

Result<std::optional<User>> MemoryUserStore::find(const Username& username) {
  const std::shared_lock lock{mutex_};
  const auto found = ids_.find(username.text());
  if (found == ids_.end()) return std::optional<User>{};
  return row(found->second)->user;
}

Result<std::optional<User>> MemoryUserStore::find(UserId id) {
  const std::shared_lock lock{mutex_};
  const auto* const found = row(id);
  return found == nullptr ? std::optional<User>{} : found->user;
}

Result<std::optional<UserCredentials>> MemoryUserStore::find_credentials(const Username& username) {
  const std::shared_lock lock{mutex_};
  const auto found = ids_.find(username.text());
  if (found == ids_.end()) return std::optional<UserCredentials>{};
  return *row(found->second);
}

Result<User> MemoryUserStore::add(const NewUser& user, Instant now) {
  const std::unique_lock lock{mutex_};
  if (!add_row({user, AccountState::active, now})) return failure(ErrorCode::username_taken);
  return rows_.back().user;
}

bool MemoryUserStore::has_another_with(UserId but, std::span<const Role> roles, Instant now) const {
  return std::ranges::any_of(rows_, [&](const Row& row) {
    return row.user.id != but && !row.password_hash.expose().empty() && is_active_with(row.user, roles, now);
  });
}

Result<bool> MemoryUserStore::has_active_with(std::span<const Role> roles, Instant now) {
  constexpr UserId kNobody{0};
  const std::shared_lock lock{mutex_};
  return has_another_with(kNobody, roles, now);
}

std::vector<StoredRole> MemoryUserStore::listed(const std::map<Role, StoredRole>& roles) {
  std::vector<StoredRole> all;
  for (const auto& [role, stored] : roles) all.push_back(stored);
  return all;
}

Result<std::vector<bool>> MemoryUserStore::add_imported(std::span<const ImportedUser> users, Instant) {
  const std::unique_lock lock{mutex_};
  std::vector<bool> added;
  for (const auto& imported : users) added.push_back(add_row(imported));
  return added;
}

bool MemoryUserStore::add_row(const ImportedUser& imported) {
  const auto& [user, state, created_at, disabled_until, other_roles] = imported;
  const UserId id{static_cast<std::int64_t>(rows_.size()) + 1};
  if (!ids_.emplace(user.username.text(), id).second) return false;
  rows_.push_back(
      {{User{id, user.username, user.role, state, created_at, disabled_until, other_roles}, user.password_hash},
       user.email,
       1,
       {}});
  return true;
}

Result<UserRecord> MemoryUserStore::change(UserId id, const UserChange& change, const ChangeConditions& conditions,
                                           Instant now) {
  const std::unique_lock lock{mutex_};
  const auto found = living_row(id);
  if (!found) return failure(found.error());
  const auto before = (*found)->record();
  if (conditions.version && *conditions.version != before.version) {
    return failure(Error{ErrorCode::precondition_failed}.with_version(before.version));
  }
  const auto after = change.applied_to(before);
  if (conditions.guarded && gives_up_guarded(before, after, conditions.guarded, now)) {
    return failure(ErrorCode::last_administrator);
  }
  if (after != before) (*found)->become(after);
  return (*found)->record();
}

// Whether nobody else is left then who can log in and has one of those roles.
bool MemoryUserStore::gives_up_guarded(const UserRecord& before, const UserRecord& after, const GuardedRoles& guarded,
                                       Instant now) const {
  const auto roles = guarded(listed(roles_));
  const bool gives_up = is_active_with(before.user, roles, now) && !is_active_with(after.user, roles, now);
  return gives_up && !has_another_with(before.user.id, roles, now);
}

Result<User> MemoryUserStore::restore(UserId id, Instant) {
  const std::unique_lock lock{mutex_};
  auto* const found = row(id);
  if (found == nullptr) return failure(ErrorCode::account_not_found);
  if (found->user.state != AccountState::deleted) return failure(ErrorCode::conflict);
  found->user.state = AccountState::active;
  ++found->version;
  return found->user;
}

Result<std::optional<UserRecord>> MemoryUserStore::find_record(UserId id) {
  const std::shared_lock lock{mutex_};
  const auto* const found = row(id);
  return found == nullptr ? std::optional<UserRecord>{} : found->record();
}

Done MemoryUserStore::set_reset(UserId id, const std::string& digest, Instant end, Instant) {
  const std::unique_lock lock{mutex_};
  const auto found = living_row(id);
  if (!found) return failure(found.error());
  (*found)->reset = Reset{digest, end};
  return {};
}

MemoryUserStore::Row* MemoryUserStore::row_of_reset(const std::string& digest, Instant now) {
  const auto found = std::ranges::find_if(
      rows_, [&](const Row& row) { return row.reset && row.reset->digest == digest && now < row.reset->end; });
  return found == rows_.end() ? nullptr : &*found;
}

Result<std::optional<User>> MemoryUserStore::find_by_reset(const std::string& digest, Instant now) {
  const std::shared_lock lock{mutex_};
  const auto* const found = row_of_reset(digest, now);
  return found == nullptr ? std::optional<User>{} : found->user;
}

Result<std::optional<User>> MemoryUserStore::use_reset(const std::string& digest, const PasswordHash& hash,
                                                       Instant now) {
  const std::unique_lock lock{mutex_};
  auto* const found = row_of_reset(digest, now);
  if (found == nullptr) return std::optional<User>{};
  found->set_password(hash);
  return found->user;
}

Done MemoryUserStore::set_password_hash(UserId id, const PasswordHash& hash, Instant) {
  const std::unique_lock lock{mutex_};
  const auto found = living_row(id);
  if (!found) return failure(found.error());
  (*found)->set_password(hash);
  return {};
}

Result<bool> MemoryUserStore::replace_password_hash(UserId id, const PasswordHash& expected,
                                                    const PasswordHash& replacement, Instant) {
  const std::unique_lock lock{mutex_};
  const auto found = living_row(id);
  if (!found || (*found)->password_hash != expected) return false;
  (*found)->password_hash = replacement;
  return true;
}

template <class Page, class Entry>
Page MemoryUserStore::page_after(std::optional<UserId> after, std::size_t limit, Entry entry_of) {
  const std::shared_lock lock{mutex_};
  const auto first =
      after ? std::min(static_cast<std::size_t>(std::max<std::int64_t>(after->value, 0)), rows_.size()) : 0;
  const auto end = first + std::min(limit, rows_.size() - first);
  Page page;
  for (auto i = first; i < end; ++i) page.users.push_back(entry_of(rows_[i]));
  if (first < end && end < rows_.size()) page.next = rows_[end - 1].user.id;
  return page;
}

Result<UserRecordPage> MemoryUserStore::search(const UserQuery& query, Instant now) {
  const std::shared_lock lock{mutex_};
  const auto position = [](const UserRecord& record) { return UserPosition::of(record.user); };
  UserRecordPage page;
  for (const auto& row : rows_) {
    auto record = row.record();
    const bool is_behind = !query.after || query.precedes(*query.after, position(record));
    if (is_behind && query.matches(record, now)) page.users.push_back(std::move(record));
  }
  std::ranges::sort(
      page.users, [&](const auto& first, const auto& second) { return query.precedes(first, second); }, position);
  const auto limit = std::clamp<std::size_t>(query.limit, 1, UserQuery::kMost);
  if (page.users.size() <= limit) return page;
  page.users.erase(page.users.begin() + static_cast<std::ptrdiff_t>(limit), page.users.end());
  page.next = position(page.users.back());
  return page;
}

Result<UserPage> MemoryUserStore::list(std::optional<UserId> after, std::size_t limit) {
  return page_after<UserPage>(after, limit, [](const Row& row) { return row.user; });
}

Result<ExportedPage> MemoryUserStore::list_exported(std::optional<UserId> after, std::size_t limit) {
  return page_after<ExportedPage>(after, limit,
                                  [](const Row& row) { return ExportedUser{row.user, row.email, row.password_hash}; });
}

}  // namespace cardea
