#include <cardea/web/security/current_client.hpp>

namespace cardea::web {

Result<CurrentClient> CurrentClient::resolve(const CurrentPrincipal& caller, const RequestContext& context,
                                             UseIfProvided<AuditSink> audit) {
  if (auto id = ClientId::parse(caller->subject)) return CurrentClient{*std::move(id), caller->permissions};
  if (audit)
    audit->record(
        {context.received_at, AuditAction::access_denied, caller->subject, context.origin, ErrorCode::client_required});
  return failure(ErrorCode::client_required);
}

void CurrentClient::describe(Operation& operation) {
  operation.requirements.emplace_back("client");
  operation.refusals.insert(403);
}

}  // namespace cardea::web
