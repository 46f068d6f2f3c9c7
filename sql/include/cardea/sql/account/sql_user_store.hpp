// The user store over SQL: table `users` of sql/migrations/0001_users.sql and 0008_account_life.sql.
#pragma once

#include <cardea/core/account/user_store.hpp>
#include <cardea/sql/database/database.hpp>

namespace cardea::sql {

class SqlUserStore final : public UserStore {
 public:
  // The database's schema is up to date (Migrator), and it outlives the store.
  explicit SqlUserStore(Database& database) : connections_(database.connections()) {}

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
  Done check() override;

 private:
  ConnectionPool& connections_;
};

}  // namespace cardea::sql
