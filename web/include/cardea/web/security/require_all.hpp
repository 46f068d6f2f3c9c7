// A caller who has each of these permissions: RequireAll<"posts:write", "posts:publish">. Anyone else: 403 "Requires
// permissions: ...", with those that are missing.
#pragma once

#include <cardea/web/extract/dependency.hpp>
#include <cardea/web/routing/name.hpp>
#include <cardea/web/security/current_principal.hpp>
#include <cardea/web/security/named_permissions.hpp>
#include <cardea/web/security/permission_check.hpp>

namespace cardea::web {

template <Name... permissions>
struct RequireAll {
  static_assert(sizeof...(permissions) > 0, "cardea: RequireAll names at least one permission");
  static_assert((is_permission_name(permissions.text()) && ...),
                "cardea: a permission that a route requires has parts of lower-case letters, digits and _ - . joined "
                "by a colon, and no wildcard");
  static constexpr std::array<std::string_view, sizeof...(permissions)> names{permissions.text()...};

  Principal principal;

  const Principal* operator->() const noexcept { return &principal; }
  const Principal& operator*() const noexcept { return principal; }

  // Error: permission_required. A denial is an audit event where the application provides an AuditSink.
  static Result<RequireAll> resolve(const CurrentPrincipal& caller, const RequestContext& context,
                                    UseIfProvided<AuditSink> audit) {
    if (auto allowed = permission_detail::check_all(*caller, names, context, audit); !allowed)
      return failure(std::move(allowed).error());
    return RequireAll{*caller};
  }
  static void describe(Operation& operation) { permission_detail::describe_all(operation, names); }
};

template <Name... permissions>
inline constexpr bool names_a_principal<RequireAll<permissions...>> = true;
template <Name... permissions>
inline constexpr auto permissions_named_by<RequireAll<permissions...>> = RequireAll<permissions...>::names;

}  // namespace cardea::web
