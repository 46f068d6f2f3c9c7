#include <cardea/web/security/require_role.hpp>

namespace cardea::web::role_detail {

Done check(const CurrentUser& user, std::string_view role, const RequestContext& context,
           UseIfProvided<AuditSink> audit) {
  if (user.role == role) return {};
  if (audit)
    audit->record(
        {context.received_at, AuditAction::access_denied, user.username, context.origin, ErrorCode::role_required});
  return failure(ErrorCode::role_required, PublicText{"Requires role: " + std::string(role)});
}

void describe(Operation& operation, std::string_view role) {
  operation.requirements.push_back("role " + std::string(role));
  operation.refusals.insert(403);
}

}  // namespace cardea::web::role_detail
