// A user store that forgets: for tests and for trying things out.
#pragma once

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
  Result<User> set_state(UserId id, AccountState state, Instant now) override;
  Result<User> set_role(UserId id, const Role& role, Instant now) override;
  Done set_password_hash(UserId id, const PasswordHash& hash, Instant now) override;
  Result<bool> replace_password_hash(UserId id, const PasswordHash& expected, const PasswordHash& replacement,
                                     Instant now) override;
  Result<UserPage> list(std::optional<UserId> after, std::size_t limit) override;
  Done check() override { return {}; }

 private:
  UserCredentials* row(UserId id);
  Result<UserCredentials*> living_row(UserId id);

  std::shared_mutex mutex_;
  std::vector<UserCredentials> rows_;  // the row of id n is rows_[n - 1]
  std::map<std::string, UserId, std::less<>> ids_;
};

}  // namespace cardea
