#include <cardea/web/security/require_role.hpp>

namespace cardea::web::role_detail {
namespace {

bool has(const CurrentUser& user, std::string_view required, UseIfProvided<LiveRoles> provided) {
  static const LiveRoles defaults;
  if (user.role == required && !user.scope) return true;  // by far the most: no look at what roles give
  const auto& roles = provided ? *provided.operator->() : defaults;
  const auto first = Role::parse(user.role);
  if (!first) return false;
  return user.scope ? roles.gives(*first, user.other_roles, required, *user.scope)
                    : roles.gives(*first, user.other_roles, required);
}

}  // namespace

Done check(const CurrentUser& user, std::string_view role, UseIfProvided<LiveRoles> roles,
           const RequestContext& context, UseIfProvided<AuditSink> audit) {
  if (has(user, role, roles)) return {};
  if (audit)
    audit->record(
        {context.received_at, AuditAction::access_denied, user.username, context.origin, ErrorCode::role_required});
  return failure(ErrorCode::role_required, PublicText{"Requires role: " + std::string(role)});
}

void describe(Operation& operation, std::string_view role) {
  operation.requirements.push_back("role " + std::string(role));
  operation.roles.push_back(role);
  operation.refusals.insert(403);
}

}  // namespace cardea::web::role_detail
