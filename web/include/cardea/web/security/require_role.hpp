// A caller who has the role, or one that includes it: RequireRole<"admin">. Anyone else: 403 "Requires role: admin".
// A token whose scope allows less than the role gives does not act in it.
#pragma once

#include <cardea/core/access/live_roles.hpp>
#include <cardea/core/access/role.hpp>
#include <cardea/core/audit/audit_event.hpp>
#include <cardea/core/base/result.hpp>
#include <cardea/web/extract/dependency.hpp>
#include <cardea/web/extract/use.hpp>
#include <cardea/web/openapi/operation.hpp>
#include <cardea/web/routing/name.hpp>
#include <cardea/web/security/current_user.hpp>
#include <cardea/web/security/named_permissions.hpp>

namespace cardea::web {

namespace role_detail {
Done check(const CurrentUser& user, std::string_view role, UseIfProvided<LiveRoles> roles,
           const RequestContext& context, UseIfProvided<AuditSink> audit);
void describe(Operation& operation, std::string_view role);
}  // namespace role_detail

template <Name role>
struct RequireRole {
  static_assert(is_role_name(role.text()),
                "cardea: a role's name has lower-case letters, digits and _ - : . and begins with a letter");

  CurrentUser user;

  const CurrentUser* operator->() const noexcept { return &user; }
  const CurrentUser& operator*() const noexcept { return user; }

  // Error: role_required. A denial is an audit event where the application provides an AuditSink.
  static Result<RequireRole> resolve(const CurrentUser& user, UseIfProvided<LiveRoles> roles,
                                     const RequestContext& context, UseIfProvided<AuditSink> audit) {
    if (auto allowed = role_detail::check(user, role.text(), roles, context, audit); !allowed)
      return failure(std::move(allowed).error());
    return RequireRole{user};
  }
  static void describe(Operation& operation) { role_detail::describe(operation, role.text()); }
};

template <Name role>
inline constexpr bool names_a_principal<RequireRole<role>> = true;
template <Name role>
inline constexpr std::array roles_named_by<RequireRole<role>>{role.text()};

}  // namespace cardea::web
