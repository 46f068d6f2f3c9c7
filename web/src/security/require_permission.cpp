#include <cardea/web/security/require_permission.hpp>

namespace cardea::web::permission_detail {

Done check(const Principal& principal, std::string_view permission, const RequestContext& context,
           UseIfProvided<AuditSink> audit) {
  if (principal.permissions.allows(permission)) return {};
  if (audit)
    audit->record({context.received_at, AuditAction::access_denied, principal.subject, context.origin,
                   ErrorCode::permission_required});
  const std::string name(permission);
  return failure(Error{ErrorCode::permission_required, PublicText{"Requires permission: " + name}}.with_scope(name));
}

void describe(Operation& operation, std::string_view permission) {
  operation.requirements.push_back("permission " + std::string(permission));
  operation.refusals.insert(403);
}

}  // namespace cardea::web::permission_detail
