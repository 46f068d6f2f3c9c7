#include <cardea/core/account/user_store.hpp>
#include <cardea/core/audit/chained_audit_sink.hpp>
#include <cardea/core/base/freshness.hpp>
#include <cardea/service/routes/health.hpp>

namespace cardea::service {
namespace {

// A moment without it is none of a load balancer's business.
constexpr std::chrono::seconds kLongestWithoutAudit{30};

Result<Health> readiness(web::Public, web::Use<UserStore> users, web::UseIfProvided<ChainedAuditSink> audit,
                         web::UseIfProvided<Freshness> freshness, web::UseIfProvided<DrainNotice> notice,
                         const web::RequestContext& context) {
  if (notice && notice->is_given()) {
    return failure(ErrorCode::service_unavailable, PrivateText{"this server is about to end"});
  }
  if (freshness && !freshness->lasts()) return failure(Freshness::over());
  if (auto answered = users->check(); !answered) return failure(std::move(answered).error());
  const auto failing_since = audit ? audit->failing_since() : std::nullopt;
  if (failing_since && context.received_at >= *failing_since + kLongestWithoutAudit) {
    return failure(ErrorCode::store_unavailable, PrivateText{"the audit log cannot be written"});
  }
  return Health{"ok"};
}

}  // namespace

void add_health(web::App& app) {
  app.get<"/healthz">([](web::Public) { return Health{"ok"}; }).tag("health").summary("Is the process alive");
  app.get<"/readyz">(readiness).blocking().tag("health").summary("Can it serve: do the stores answer");
}

}  // namespace cardea::service
