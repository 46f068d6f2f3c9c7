#include <cardea/service/wiring/accounts.hpp>
#include <cardea/service/wiring/threads.hpp>
#include <cardea/sql/migration/migrator.hpp>

namespace cardea::service {

Accounts::Accounts(sql::Database database, std::size_t applied_migrations)
    : database_(std::make_unique<sql::Database>(std::move(database))),
      users_(std::make_unique<sql::SqlUserStore>(*database_)),
      sessions_(std::make_unique<sql::SqlSessionStore>(*database_)),
      applied_migrations_(applied_migrations) {}

Result<Accounts> Accounts::open(const Config& config, Instant now) {
  // The last one is the change watch's.
  const auto connections = database_connections_of(config) + 1;
  auto database = sql::Database::open(config.database, {.connections = connections});
  if (!database) return failure(std::move(database).error());
  auto migrated = sql::Migrator{*database}.migrate(now);
  if (!migrated) return failure(std::move(migrated).error());
  return Accounts{*std::move(database), *migrated};
}

PasswordHasher password_hasher_of(const Config& config) {
  constexpr std::uint32_t kKibInMib = 1024;
  const auto memory = static_cast<std::uint32_t>(config.password_hash_memory_mib) * kKibInMib;
  return PasswordHasher{HashCost::of(memory, HashCost::kLeastPasses).value()};
}

PasswordPolicy password_policy_of(const Config& config) {
  return PasswordPolicy::with_minimum(config.password_minimum_length).value();
}

SessionPolicy session_policy_of(const Config& config) {
  return {.idle = config.refresh_idle, .absolute = config.refresh_absolute, .grace = SessionPolicy{}.grace};
}

}  // namespace cardea::service
