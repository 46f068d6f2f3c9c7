#include <cardea/service/wiring/backend.hpp>
#include <cardea/service/wiring/demo_users.hpp>
#include <cardea/service/wiring/threads.hpp>
#include <cardea/service/wiring/token_profile.hpp>

namespace cardea::service {

Backend::Backend(const Config& config, Accounts accounts, LoadedSigningKey signing, std::shared_ptr<AuditSink> audit)
    : audit_(std::move(audit)),
      accounts_(std::move(accounts)),
      users_(accounts_.users()),
      hasher_(password_hasher_of(config)),
      verifier_(signing.key.verification_key(), token_policy_of(config)),
      access_tokens_(access_token_issuer_of(config, signing.key)),
      authenticator_(users_, hasher_, *audit_),
      token_authenticator_(verifier_, users_, *audit_),
      blocking_pool_({.threads = blocking_threads_of(config)}),
      hashing_threads_{web::BlockingPool{{.threads = hashing_threads_of(config)}}},
      account_changes_(accounts_.database(), users_) {
  if (!signing.warning.empty()) warnings_.push_back(std::move(signing.warning));
}

Result<std::shared_ptr<Backend>> Backend::open(const Config& config, Instant now, std::shared_ptr<AuditSink> audit) {
  auto accounts = Accounts::open(config, now);
  if (!accounts) return failure(std::move(accounts).error());
  auto signing = load_signing_key(config, AbsentSecret::make);
  if (!signing) return failure(std::move(signing).error());
  std::shared_ptr<Backend> backend(new Backend(config, *std::move(accounts), *std::move(signing), std::move(audit)));
  auto demo = config.demo ? add_demo_users(backend->users(), backend->hasher_, now)
                          : refuse_demo_users(backend->users(), backend->hasher_);
  if (!demo) return failure(std::move(demo).error());
  return backend;
}

void Backend::provide(const std::shared_ptr<Backend>& backend, web::App& app) {
  // Each pointer shares the ownership of the whole.
  const auto part = [&]<class T>(T& value) { app.provide(std::shared_ptr<T>(backend, &value)); };
  part(backend->authenticator_);
  part(backend->token_authenticator_);
  part(backend->access_tokens_);
  part(backend->users());
  part(*backend->audit_);
  part(backend->blocking_pool_);
  part(backend->hashing_threads_);
}

}  // namespace cardea::service
