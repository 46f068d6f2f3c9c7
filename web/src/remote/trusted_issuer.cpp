#include <spdlog/spdlog.h>

#include <cardea/core/access/scope_authenticator.hpp>
#include <cardea/core/audit/line_audit_sink.hpp>
#include <cardea/web/remote/remote_key_set_refresher.hpp>
#include <cardea/web/remote/trusted_issuer.hpp>

namespace cardea::web {
namespace {

std::shared_ptr<AuditSink> log_of_events() {
  return std::make_shared<LineAuditSink>([](const std::string& line) { spdlog::info("{}", line); });
}

void log_failure(const Error& error) { spdlog::warn("the issuer's key set: {}", error.private_text()); }

// All that stands behind one trusted issuer, and lives as long as the application.
struct Trust {
  Trust(TrustedIssuer trusted, std::shared_ptr<AuditSink> events)
      : audit(std::move(events)),
        keys(std::make_shared<RemoteKeySet>(
            std::make_unique<HttpsKeySetFetcher>(std::move(trusted.key_set), std::move(trusted.https)), trusted.keys)),
        verifier(keys, TokenPolicy::rfc9068(std::move(trusted.issuer), std::move(trusted.audience))),
        authenticator(verifier, *audit),
        refresher(keys, clock, log_failure) {}

  SystemClock clock;
  std::shared_ptr<AuditSink> audit;
  std::shared_ptr<RemoteKeySet> keys;
  TokenVerifier verifier;
  ScopeAuthenticator authenticator;
  RemoteKeySetRefresher refresher;
};

}  // namespace

std::shared_ptr<RemoteKeySet> trust_issuer(App& app, TrustedIssuer trusted, std::shared_ptr<AuditSink> audit) {
  const auto trust = std::make_shared<Trust>(std::move(trusted), audit ? std::move(audit) : log_of_events());
  app.provide(std::shared_ptr<PrincipalAuthenticator>(trust, &trust->authenticator));
  return trust->keys;
}

}  // namespace cardea::web
