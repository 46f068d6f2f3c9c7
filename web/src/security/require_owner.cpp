#include <cardea/web/security/require_owner.hpp>

namespace cardea::web::owner_detail {

Done check(const CurrentUser& user, std::int64_t owner, const RequestContext& context, UseIfProvided<AuditSink> audit) {
  if (user.id == owner) return {};
  if (audit)
    audit->record(
        {context.received_at, AuditAction::access_denied, user.username, context.origin, ErrorCode::owner_required});
  return failure(ErrorCode::owner_required);
}

void describe(Operation& operation, std::string_view instead) {
  operation.requirements.push_back("owner" + (instead.empty() ? "" : " or permission " + std::string(instead)));
  operation.only_for_owner = true;
  operation.instead_of_owning = instead;
  operation.refusals.insert(403);
}

}  // namespace cardea::web::owner_detail
