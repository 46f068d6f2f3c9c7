// Everything that an application's routes stand on, made from one Config: accounts, keys, tokens, threads, audit.
#pragma once

#include <cardea/core/access/live_roles.hpp>
#include <cardea/core/access/role_administration.hpp>
#include <cardea/core/account/account_administration.hpp>
#include <cardea/core/account/authenticator.hpp>
#include <cardea/core/account/cached_user_store.hpp>
#include <cardea/core/account/token_authenticator.hpp>
#include <cardea/core/api_key/api_key_administration.hpp>
#include <cardea/core/api_key/api_key_authenticator.hpp>
#include <cardea/core/api_key/cached_api_key_store.hpp>
#include <cardea/core/audit/audit_event.hpp>
#include <cardea/core/audit/counted_audit_sink.hpp>
#include <cardea/core/base/freshness.hpp>
#include <cardea/core/client/cached_client_store.hpp>
#include <cardea/core/client/client_administration.hpp>
#include <cardea/core/client/client_authenticator.hpp>
#include <cardea/core/session/access_token_issuer.hpp>
#include <cardea/core/session/ended_sessions.hpp>
#include <cardea/core/session/session_administration.hpp>
#include <cardea/core/session/session_issuer.hpp>
#include <cardea/core/token/token_verifier.hpp>
#include <cardea/service/config/config.hpp>
#include <cardea/service/wiring/accounts.hpp>
#include <cardea/service/wiring/audit_trail.hpp>
#include <cardea/service/wiring/authorization_server.hpp>
#include <cardea/service/wiring/change_watch.hpp>
#include <cardea/service/wiring/hashing_threads.hpp>
#include <cardea/service/wiring/key_administration.hpp>
#include <cardea/service/wiring/leased_task.hpp>
#include <cardea/service/wiring/registration.hpp>
#include <cardea/service/wiring/signing_keys.hpp>
#include <cardea/sql/api_key/sql_api_key_store.hpp>
#include <cardea/sql/client/sql_client_store.hpp>
#include <cardea/sql/role/sql_role_store.hpp>
#include <cardea/web/app.hpp>
#include <cardea/web/run/blocking_pool.hpp>
#include <memory>
#include <string>
#include <vector>

namespace cardea::service {

class Backend {
 public:
  // Opens, migrates and, in the demo, fills the database; makes the first key if there is none. `audit` is told of
  // every event as it happens, beside the audit log. Errors: those of Accounts, SigningKeys, AuditTrail and the demo
  // users, who are refused where others could reach them.
  static Result<std::shared_ptr<Backend>> open(const Config& config, Instant now, std::shared_ptr<AuditSink> audit);

  // Gives `app` what the routes of this layer use: Authenticator, AccountAdministration, Registration,
  // TokenAuthenticator, PrincipalAuthenticator, AccessTokenIssuer, SessionIssuer, SessionAdministration, UserStore,
  // KeyAdministration, ClientAuthenticator, ClientAdministration, AuthorizationServer, ApiKeyAuthenticator,
  // ApiKeyAdministration, LiveRoles, RoleAdministration, AuditSink, ChainedAuditSink, AuditStore, Freshness,
  // BlockingPool and HashingThreads. The backend lives as long as the application does. app.metrics() reads what it
  // counts.
  //
  // From here on roles are what the application's catalogue declares, if it has one, and the stored ones. What stored
  // roles name and there is not is in the log.
  static void provide(const std::shared_ptr<Backend>& backend, web::App& app);

  // For a server that is none of this library's (examples/04_other_framework). Thread-safe.
  Authenticator& authenticator() noexcept { return authenticator_; }
  SessionIssuer& sessions() noexcept { return sessions_; }
  SessionAdministration& session_administration() noexcept { return session_administration_; }
  const TokenAuthenticator& token_authenticator() const noexcept { return token_authenticator_; }

  UserStore& users() noexcept { return users_; }
  AuditTrail& audit_trail() noexcept { return *audit_trail_; }
  // What the person who starts the server should know; a sentence each.
  const std::vector<std::string>& warnings() const noexcept { return warnings_; }

 private:
  Backend(const Config& config, Accounts accounts, SigningKeys keys, std::unique_ptr<AuditTrail> audit,
          std::shared_ptr<CountedAuditSink> events);
  static void add_metrics(const std::shared_ptr<Backend>& backend, Metrics& metrics);
  // Whether the change has been taken in.
  bool reload_keys();
  bool reload_roles();
  bool follow_sessions();
  void maintain_keys();
  void prune_sessions();
  void prune_api_keys();

  std::vector<std::string> warnings_;
  Accounts accounts_;
  std::shared_ptr<CountedAuditSink> events_;
  std::unique_ptr<AuditTrail> audit_trail_;
  Freshness freshness_;  // of all that is remembered of what others may change
  CachedUserStore users_;
  LiveRoles roles_;
  sql::SqlRoleStore stored_roles_;
  RoleAdministration role_administration_;
  sql::SqlClientStore stored_clients_;
  CachedClientStore clients_;
  ClientAdministration client_administration_;
  ClientAuthenticator client_authenticator_;
  AuthorizationServer authorization_server_;
  sql::SqlApiKeyStore stored_api_keys_;
  CachedApiKeyStore api_keys_;
  ApiKeyAdministration api_key_administration_;
  ApiKeyAuthenticator api_key_authenticator_;
  SigningKeys keys_;
  KeyAdministration key_administration_;
  PasswordHasher hasher_;
  TokenVerifier verifier_;
  AccessTokenIssuer access_tokens_;
  EndedSessions ended_sessions_;
  SessionAdministration session_administration_;
  SessionIssuer sessions_;
  Authenticator authenticator_;
  AccountAdministration account_administration_;
  Registration registration_;
  TokenAuthenticator token_authenticator_;
  web::BlockingPool blocking_pool_;
  HashingThreads hashing_threads_;
  ChangeWatch changes_;
  NodeLeases leases_;
  LeasedTask key_maintenance_;
  LeasedTask session_maintenance_;
  LeasedTask api_key_maintenance_;
  LeasedTask audit_maintenance_;
};

}  // namespace cardea::service
