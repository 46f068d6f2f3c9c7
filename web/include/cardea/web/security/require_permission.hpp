// A caller who has the permission: RequirePermission<"posts:write">. Anyone else: 403 "Requires permission:
// posts:write".
#pragma once

#include <cardea/web/extract/dependency.hpp>
#include <cardea/web/routing/name.hpp>
#include <cardea/web/security/current_principal.hpp>
#include <cardea/web/security/named_permissions.hpp>
#include <cardea/web/security/permission_check.hpp>

namespace cardea::web {

template <Name permission>
struct RequirePermission {
  static_assert(is_permission_name(permission.text()),
                "cardea: a permission that a route requires has parts of lower-case letters, digits and _ - . joined "
                "by a colon, and no wildcard");
  static constexpr std::array names{permission.text()};

  Principal principal;

  const Principal* operator->() const noexcept { return &principal; }
  const Principal& operator*() const noexcept { return principal; }

  // Error: permission_required. A denial is an audit event where the application provides an AuditSink.
  static Result<RequirePermission> resolve(const CurrentPrincipal& caller, const RequestContext& context,
                                           UseIfProvided<AuditSink> audit) {
    if (auto allowed = permission_detail::check_all(*caller, names, context, audit); !allowed)
      return failure(std::move(allowed).error());
    return RequirePermission{*caller};
  }
  static void describe(Operation& operation) { permission_detail::describe_all(operation, names); }
};

template <Name permission>
inline constexpr bool names_a_principal<RequirePermission<permission>> = true;
template <Name permission>
inline constexpr auto permissions_named_by<RequirePermission<permission>> = RequirePermission<permission>::names;

}  // namespace cardea::web
