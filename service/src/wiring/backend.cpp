#include <spdlog/spdlog.h>

#include <cardea/service/wiring/backend.hpp>
#include <cardea/service/wiring/demo_users.hpp>
#include <cardea/service/wiring/threads.hpp>
#include <cardea/service/wiring/token_rules.hpp>
#include <cardea/sql/migration/migration.hpp>

namespace cardea::service {

namespace {

constexpr std::chrono::seconds kKeyMaintenance{30};
constexpr std::chrono::seconds kSessionMaintenance{60};
constexpr std::chrono::hours kApiKeyMaintenance{1};
constexpr std::chrono::minutes kAuditMaintenance{10};

// Of a topic that is watched. Keys that another node made with a master key that is not ours revoke nothing.
constexpr bool kAsksDatabase = true, kMayLag = true;

void log_key_failure(std::string_view what, const Error& error) {
  spdlog::error("the signing keys {}: {}: {}", what, name_of(error.code()), error.private_text());
}

void log_session_failure(std::string_view what, const Error& error) {
  spdlog::error("sessions cannot be {}: {}: {}", what, name_of(error.code()), error.private_text());
}

// An empty database where there should be accounts is a wrong path or a lost file, and looks like a first start.
void log_migrations(Accounts& accounts) {
  const auto applied = accounts.applied_migrations();
  if (applied == sql::embedded_migrations(accounts.database().dialect()).size())
    spdlog::info("the database was empty: it has been set up, without users");
  else if (applied != 0)
    spdlog::info("the schema of the database has been brought up to date, by {} migrations", applied);
}

}  // namespace

Backend::Backend(const Config& config, Accounts accounts, SigningKeys keys, std::unique_ptr<AuditTrail> audit,
                 std::shared_ptr<CountedAuditSink> events)
    : accounts_(std::move(accounts)),
      events_(std::move(events)),
      audit_trail_(std::move(audit)),
      users_(accounts_.users()),
      stored_roles_(accounts_.database()),
      role_administration_(stored_roles_, roles_, audit_trail_->sink(),
                           std::string(AccountAdministration::kAdministration)),
      stored_clients_(accounts_.database()),
      clients_(stored_clients_),
      client_administration_(clients_, audit_trail_->sink()),
      client_authenticator_(clients_, audit_trail_->sink()),
      authorization_server_(issuer_of(config), config.oauth_password_grant),
      stored_api_keys_(accounts_.database()),
      api_keys_(stored_api_keys_),
      api_key_administration_(api_keys_, audit_trail_->sink()),
      api_key_authenticator_(api_keys_, users_, audit_trail_->sink(), roles_, &freshness_),
      keys_(std::move(keys)),
      key_administration_(keys_.ring(), config.jwks_cache, audit_trail_->sink()),
      hasher_(password_hasher_of(config)),
      verifier_(token_verifier_of(config, keys_.verification())),
      access_tokens_(access_token_issuer_of(config, keys_.signers())),
      session_administration_(accounts_.sessions(), ended_sessions_, audit_trail_->sink(), session_policy_of(config)),
      sessions_(accounts_.sessions(), users_, access_tokens_, session_administration_, audit_trail_->sink()),
      authenticator_(users_, hasher_, audit_trail_->sink()),
      account_administration_(users_, session_administration_, api_key_administration_, hasher_,
                              password_policy_of(config), audit_trail_->sink(), roles_),
      registration_{.is_open = config.registration},
      token_authenticator_(verifier_, users_, audit_trail_->sink(), roles_, &ended_sessions_, &clients_, &freshness_),
      blocking_pool_({.threads = blocking_threads_of(config)}),
      hashing_threads_{.pool = web::BlockingPool{{.threads = hashing_threads_of(config)}},
                       .storing = web::BlockingPool{{.threads = storing_threads_of(config)}}},
      changes_(accounts_.database(),
               {{"users", [this] { return users_.invalidate_all(), true; }},
                {"clients", [this] { return clients_.invalidate_all(), true; }},
                {"api_keys", [this] { return api_keys_.invalidate_all(), true; }},
                {"roles", [this] { return reload_roles(); }, kAsksDatabase},
                {"sessions", [this] { return follow_sessions(); }, kAsksDatabase},
                {"keys", [this] { return reload_keys(); }, kAsksDatabase, kMayLag}},
               freshness_),
      leases_(accounts_.database(), freshness_),
      key_maintenance_(
          leases_, "keys", kKeyMaintenance, [this] { maintain_keys(); }, LeasedTask::kAfterTheStart),
      session_maintenance_(
          leases_, "sessions", kSessionMaintenance, [this] { prune_sessions(); }, LeasedTask::kAfterTheStart),
      api_key_maintenance_(
          leases_, "api_keys", kApiKeyMaintenance, [this] { prune_api_keys(); }, LeasedTask::kAfterTheStart),
      audit_maintenance_(
          leases_, "audit", kAuditMaintenance, [this] { audit_trail_->prune(); }, LeasedTask::kAfterTheStart) {
  if (!keys_.warning().empty()) warnings_.push_back(keys_.warning());
  if (!is_symmetric(config.signing_algorithm) && !config.issuer) {
    warnings_.push_back("issuer is not set; tokens say " + issuer_of(config).value +
                        ": set it to the URL by which others reach this service");
  }
  if (config.metrics == MetricsAccess::everyone && !config.listen.is_loopback()) {
    warnings_.push_back("metrics is open: whoever reaches " + config.listen.text() +
                        " can read how much this service is used");
  }
}

bool Backend::reload_keys() {
  const bool signs = audit_trail_->reload_signer();
  if (!keys_.ring()) return signs;
  const auto read = keys_.ring()->reload(SystemClock{}.now());
  if (!read) log_key_failure("cannot be read", read.error());
  return signs && read.has_value();
}

bool Backend::reload_roles() {
  const auto read = role_administration_.reload();
  if (!read) {
    spdlog::error("the roles cannot be read: {}: {}", name_of(read.error().code()), read.error().private_text());
  }
  return read.has_value();
}

void Backend::maintain_keys() {
  if (auto done = key_administration_.maintain(SystemClock{}.now()); !done) {
    log_key_failure("cannot be rotated", done.error());
  }
}

bool Backend::follow_sessions() {
  const auto done = session_administration_.follow(SystemClock{}.now());
  if (!done) log_session_failure("followed", done.error());
  return done.has_value();
}

// A little at a time, so that nobody waits long for the database.
void Backend::prune_sessions() {
  constexpr std::size_t kAtOnce = 500;
  constexpr int kMostRounds = 100;
  for (int round = 0; round < kMostRounds; ++round) {
    const auto pruned = session_administration_.prune(SystemClock{}.now(), kAtOnce);
    if (!pruned) return log_session_failure("pruned", pruned.error());
    if (*pruned < kAtOnce) return;
  }
}

void Backend::prune_api_keys() {
  if (const auto pruned = api_key_administration_.prune(SystemClock{}.now()); !pruned) {
    spdlog::error("API keys cannot be pruned: {}: {}", name_of(pruned.error().code()), pruned.error().private_text());
  }
}

Result<std::shared_ptr<Backend>> Backend::open(const Config& config, Instant now, std::shared_ptr<AuditSink> audit) {
  if (auto checked = check_demo(config); !checked) return failure(std::move(checked).error());
  auto accounts = Accounts::open(config, now);
  if (!accounts) return failure(std::move(accounts).error());
  auto keys = SigningKeys::open(config, accounts->database(), now, RingUse::serving);
  if (!keys) return failure(std::move(keys).error());
  const auto events = std::make_shared<CountedAuditSink>(std::move(audit));
  auto trail = AuditTrail::open(config, accounts->database(), events);
  if (!trail) return failure(std::move(trail).error());
  std::shared_ptr<Backend> backend(
      new Backend(config, *std::move(accounts), *std::move(keys), *std::move(trail), events));
  // Before the first request: what roles give, and what has ended and stays so across a restart.
  const auto asked = Freshness::Clock::now();
  if (auto read = backend->role_administration_.reload(); !read) return failure(read.error());
  if (auto followed = backend->session_administration_.follow(now); !followed) return failure(followed.error());
  backend->freshness_.last_until(asked + ChangeWatch::kHolds);
  auto demo = config.demo ? add_demo_users(backend->users(), backend->hasher_, now)
                          : refuse_demo_users(backend->users(), backend->hasher_);
  if (!demo) return failure(std::move(demo).error());
  log_migrations(backend->accounts_);
  return backend;
}

void Backend::provide(const std::shared_ptr<Backend>& backend, web::App& app) {
  if (app.catalogue()) backend->role_administration_.declare(*app.catalogue());
  for (const auto& complaint : backend->role_administration_.complaints()) spdlog::warn("{}", complaint);
  // Each pointer shares the ownership of the whole.
  const auto part = [&]<class T>(T& value) { app.provide(std::shared_ptr<T>(backend, &value)); };
  part(backend->freshness_);
  part(backend->authenticator_);
  part(backend->account_administration_);
  part(backend->registration_);
  part(backend->token_authenticator_);
  part(backend->roles_);
  part(backend->role_administration_);
  part(backend->access_tokens_);
  part(backend->sessions_);
  part(backend->session_administration_);
  part(backend->users());
  part(backend->key_administration_);
  part(backend->client_administration_);
  part(backend->client_authenticator_);
  part(backend->authorization_server_);
  part(backend->api_key_administration_);
  part(backend->api_key_authenticator_);
  part(static_cast<AuditSink&>(backend->audit_trail_->sink()));
  part(backend->audit_trail_->sink());
  part(backend->audit_trail_->store());
  part(backend->blocking_pool_);
  part(backend->hashing_threads_);
  add_metrics(backend, app.metrics());
}

}  // namespace cardea::service
