// A caller who has the permission: RequirePermission<"posts:write">. Anyone else: 403 "Requires permission:
// posts:write".
#pragma once

#include <cardea/core/access/permission.hpp>
#include <cardea/core/audit/audit_event.hpp>
#include <cardea/core/base/result.hpp>
#include <cardea/web/extract/dependency.hpp>
#include <cardea/web/extract/use.hpp>
#include <cardea/web/openapi/operation.hpp>
#include <cardea/web/routing/name.hpp>
#include <cardea/web/security/current_principal.hpp>

namespace cardea::web {

namespace permission_detail {
Done check(const Principal& principal, std::string_view permission, const RequestContext& context,
           UseIfProvided<AuditSink> audit);
void describe(Operation& operation, std::string_view permission);
}  // namespace permission_detail

template <Name permission>
struct RequirePermission {
  static_assert(is_permission_name(permission.text()),
                "cardea: a permission that a route requires has parts of lower-case letters, digits and _ - . joined "
                "by a colon, and no wildcard");

  Principal principal;

  const Principal* operator->() const noexcept { return &principal; }
  const Principal& operator*() const noexcept { return principal; }

  // Error: permission_required. A denial is an audit event where the application provides an AuditSink.
  static Result<RequirePermission> resolve(const CurrentPrincipal& caller, const RequestContext& context,
                                           UseIfProvided<AuditSink> audit) {
    if (auto allowed = permission_detail::check(*caller, permission.text(), context, audit); !allowed)
      return failure(std::move(allowed).error());
    return RequirePermission{*caller};
  }
  static void describe(Operation& operation) { permission_detail::describe(operation, permission.text()); }
};

template <Name permission>
inline constexpr bool names_a_principal<RequirePermission<permission>> = true;

}  // namespace cardea::web
