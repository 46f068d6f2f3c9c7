// A user store that remembers the accounts it has found, so that the next request with the same subject asks no
// database. Holds no password hash.
//
// A change made through it shows at once. A change made past it, by another process, shows after `invalidate` or
// `invalidate_all`: whoever learns of such changes calls them (on SQL: cardea/sql/database/database.hpp, changes).
// A look-up that was under way during an invalidation is answered, but not remembered.
#pragma once

#include <array>
#include <cardea/core/account/user_store.hpp>
#include <cardea/core/base/read_mostly_mutex.hpp>
#include <cardea/core/metrics/cache_counts.hpp>
#include <cstdint>
#include <list>
#include <string_view>
#include <unordered_map>

namespace cardea {

class CachedUserStore final : public UserStore {
 public:
  // Remembers about `capacity` accounts, the ones found last. `store` outlives it.
  explicit CachedUserStore(UserStore& store, std::size_t capacity = 16'384);

  // Empty for an account that is not remembered.
  std::optional<User> find_without_waiting(const Username& username) const override;

  void invalidate(const Username& username);
  void invalidate_all();

  // Of look-ups by name.
  const CacheCounts& look_ups() const noexcept { return look_ups_; }

  // The one look-up that remembers. Names of no account are not remembered.
  Result<std::optional<User>> find(const Username& username) override;

  Result<std::optional<User>> find(UserId id) override { return store_.find(id); }
  Result<std::optional<UserCredentials>> find_credentials(const Username& username) override {
    return store_.find_credentials(username);
  }
  Result<User> add(const NewUser& user, Instant now) override { return store_.add(user, now); }
  Result<UserRecord> change(UserId id, const UserChange& change, const ChangeConditions& conditions,
                            Instant now) override;
  // A name that is not taken is not remembered, so there is nothing to forget.
  Result<std::vector<bool>> add_imported(std::span<const ImportedUser> users, Instant now) override {
    return store_.add_imported(users, now);
  }
  Result<User> restore(UserId id, Instant now) override;
  Result<std::optional<UserRecord>> find_record(UserId id) override { return store_.find_record(id); }
  Done set_reset(UserId id, const std::string& digest, Instant end, Instant now) override {
    return store_.set_reset(id, digest, end, now);
  }
  Result<std::optional<User>> find_by_reset(const std::string& digest, Instant now) override {
    return store_.find_by_reset(digest, now);
  }
  Result<std::optional<User>> use_reset(const std::string& digest, const PasswordHash& hash, Instant now) override {
    return store_.use_reset(digest, hash, now);
  }
  Done set_password_hash(UserId id, const PasswordHash& hash, Instant now) override {
    return store_.set_password_hash(id, hash, now);
  }
  Result<bool> replace_password_hash(UserId id, const PasswordHash& expected, const PasswordHash& replacement,
                                     Instant now) override {
    return store_.replace_password_hash(id, expected, replacement, now);
  }
  Result<UserPage> list(std::optional<UserId> after, std::size_t limit) override { return store_.list(after, limit); }
  Result<UserRecordPage> search(const UserQuery& query, Instant now) override;
  Result<ExportedPage> list_exported(std::optional<UserId> after, std::size_t limit) override {
    return store_.list_exported(after, limit);
  }
  Result<bool> has_active_with(std::span<const Role> roles, Instant now) override;
  Done check() override { return store_.check(); }

 private:
  // A part of the names with a lock of its own.
  class Shard {
   public:
    std::optional<User> find(std::string_view username) const;
    std::uint64_t generation() const;
    // Not if there has been an invalidation since `seen_generation`.
    void remember(const User& user, std::uint64_t seen_generation, std::size_t capacity);
    void forget(std::string_view username);
    void forget_all();

   private:
    mutable ReadMostlyMutex mutex_;
    std::list<User> users_;                                                    // the oldest first
    std::unordered_map<std::string_view, std::list<User>::iterator> by_name_;  // views of the names in users_
    std::uint64_t generation_ = 0;
  };

  static constexpr std::size_t kShards = 16;
  Shard& shard_of(std::string_view username);
  const Shard& shard_of(std::string_view username) const;
  // `changed` is the account's name, or why there is none.
  void invalidate_after(const Result<Username>& changed);

  UserStore& store_;
  std::size_t capacity_per_shard_;
  std::array<Shard, kShards> shards_;
  mutable CacheCounts look_ups_;
};

}  // namespace cardea
