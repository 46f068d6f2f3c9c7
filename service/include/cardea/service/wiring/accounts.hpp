// The accounts behind a configuration: an open database and the stores over it. What `cardea user` needs, and no more.
#pragma once

#include <cardea/core/account/password_hasher.hpp>
#include <cardea/core/account/password_policy.hpp>
#include <cardea/core/base/clock.hpp>
#include <cardea/core/session/session_policy.hpp>
#include <cardea/service/config/config.hpp>
#include <cardea/sql/account/sql_user_store.hpp>
#include <cardea/sql/database/database.hpp>
#include <cardea/sql/session/sql_session_store.hpp>
#include <cstddef>
#include <memory>

namespace cardea::service {

class Accounts {
 public:
  // Opens the database, which makes a missing file, and brings its schema up to date. Errors: those of
  // sql::Database::open and sql::Migrator::migrate.
  static Result<Accounts> open(const Config& config, Instant now);

  // By the opening: all that there are where the database was empty.
  std::size_t applied_migrations() const noexcept { return applied_migrations_; }

  sql::Database& database() noexcept { return *database_; }
  UserStore& users() noexcept { return *users_; }
  SessionStore& sessions() noexcept { return *sessions_; }

 private:
  Accounts(sql::Database database, std::size_t applied_migrations);
  std::unique_ptr<sql::Database> database_;
  std::unique_ptr<sql::SqlUserStore> users_;
  std::unique_ptr<sql::SqlSessionStore> sessions_;
  std::size_t applied_migrations_;
};

// A hasher of the configured cost.
PasswordHasher password_hasher_of(const Config& config);

PasswordPolicy password_policy_of(const Config& config);

SessionPolicy session_policy_of(const Config& config);

}  // namespace cardea::service
