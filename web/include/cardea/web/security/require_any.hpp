// A caller who has one of these permissions at the least: RequireAny<"posts:write", "posts:review">. Anyone else: 403
// "Requires one of the permissions: posts:write, posts:review".
#pragma once

#include <cardea/web/extract/dependency.hpp>
#include <cardea/web/routing/name.hpp>
#include <cardea/web/security/current_principal.hpp>
#include <cardea/web/security/named_permissions.hpp>
#include <cardea/web/security/permission_check.hpp>

namespace cardea::web {

template <Name... permissions>
struct RequireAny {
  static_assert(sizeof...(permissions) > 0, "cardea: RequireAny names at least one permission");
  static_assert((is_permission_name(permissions.text()) && ...),
                "cardea: a permission that a route requires has parts of lower-case letters, digits and _ - . joined "
                "by a colon, and no wildcard");
  static constexpr std::array<std::string_view, sizeof...(permissions)> names{permissions.text()...};

  Principal principal;

  const Principal* operator->() const noexcept { return &principal; }
  const Principal& operator*() const noexcept { return principal; }

  // Error: permission_required. A denial is an audit event where the application provides an AuditSink.
  static Result<RequireAny> resolve(const CurrentPrincipal& caller, const RequestContext& context,
                                    UseIfProvided<AuditSink> audit) {
    if (auto allowed = permission_detail::check_any(*caller, names, context, audit); !allowed)
      return failure(std::move(allowed).error());
    return RequireAny{*caller};
  }
  static void describe(Operation& operation) { permission_detail::describe_any(operation, names); }
};

template <Name... permissions>
inline constexpr bool names_a_principal<RequireAny<permissions...>> = true;
template <Name... permissions>
inline constexpr auto permissions_named_by<RequireAny<permissions...>> = RequireAny<permissions...>::names;

}  // namespace cardea::web
