#include "routes/may_hand_on.hpp"

namespace cardea::service {

Done may_hand_on(const PermissionSet& permissions, const Principal& giver, AuditSink& audit,
                 const web::RequestContext& context) {
  const auto missing = permissions.beyond(giver.permissions).to_scope();
  if (missing.empty()) return {};
  audit.record(
      {context.received_at, AuditAction::access_denied, giver.subject, context.origin, ErrorCode::permission_required});
  return failure(
      Error{ErrorCode::permission_required, PublicText{"Requires permission: " + missing}}.with_scope(missing));
}

}  // namespace cardea::service
