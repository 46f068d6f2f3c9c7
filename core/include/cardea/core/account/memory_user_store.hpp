// A user store that forgets: for tests and for trying things out.
#pragma once

#include <cardea/core/access/stored_role.hpp>
#include <cardea/core/account/user_store.hpp>
#include <functional>
#include <map>
#include <shared_mutex>
#include <string>
#include <vector>

namespace cardea {

class MemoryUserStore final : public UserStore {
 public:
  Result<std::optional<User>> find(const Username& username) override;
  Result<std::optional<User>> find(UserId id) override;
  Result<std::optional<UserCredentials>> find_credentials(const Username& username) override;
  Result<User> add(const NewUser& user, Instant now) override;
  Result<UserRecord> change(UserId id, const UserChange& change, const ChangeConditions& conditions,
                            Instant now) override;
  Result<std::vector<bool>> add_imported(std::span<const ImportedUser> users, Instant now) override;
  Result<std::optional<UserRecord>> find_record(UserId id) override;
  Result<User> restore(UserId id, Instant now) override;
  Done set_reset(UserId id, const std::string& digest, Instant end, Instant now) override;
  Result<std::optional<User>> find_by_reset(const std::string& digest, Instant now) override;
  Result<std::optional<User>> use_reset(const std::string& digest, const PasswordHash& hash, Instant now) override;
  Done set_password_hash(UserId id, const PasswordHash& hash, Instant now) override;
  Result<bool> replace_password_hash(UserId id, const PasswordHash& expected, const PasswordHash& replacement,
                                     Instant now) override;
  Result<UserPage> list(std::optional<UserId> after, std::size_t limit) override;
  Result<UserRecordPage> search(const UserQuery& query, Instant now) override;
  Result<ExportedPage> list_exported(std::optional<UserId> after, std::size_t limit) override;
  Result<bool> has_active_with(std::span<const Role> roles, Instant now) override;
  Done check() override { return {}; }

 private:
  friend class MemoryRoleStore;

  struct Reset {
    std::string digest;
    Instant end;
  };
  struct Row : UserCredentials {
    std::optional<EmailAddress> email;
    std::int64_t version = 1;
    std::optional<Reset> reset;

    void become(const UserRecord& record);
    void set_password(const PasswordHash& hash);
    UserRecord record() const { return {user, email, version}; }
  };
  Row* row(UserId id);
  Result<Row*> living_row(UserId id);
  bool gives_up_guarded(const UserRecord& before, const UserRecord& after, const GuardedRoles& guarded,
                        Instant now) const;
  bool has_another_with(UserId but, std::span<const Role> roles, Instant now) const;
  static std::vector<StoredRole> listed(const std::map<Role, StoredRole>& roles);
  Row* row_of_reset(const std::string& digest, Instant now);
  bool add_row(const ImportedUser& imported);
  template <class Page, class Entry>
  Page page_after(std::optional<UserId> after, std::size_t limit, Entry entry_of);

  std::shared_mutex mutex_;  // of the roles beside them, too
  std::vector<Row> rows_;    // the row of id n is rows_[n - 1]
  std::map<std::string, UserId, std::less<>> ids_;
  std::map<Role, StoredRole> roles_;
};

}  // namespace cardea
