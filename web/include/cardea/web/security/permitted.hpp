// A caller whom a rule over permissions lets in: what RequirePermission, RequireAll and RequireAny are.
#pragma once

#include <array>
#include <cardea/web/extract/dependency.hpp>
#include <cardea/web/routing/name.hpp>
#include <cardea/web/security/current_principal.hpp>
#include <cardea/web/security/named_permissions.hpp>
#include <cardea/web/security/permission_rule.hpp>

namespace cardea::web {

template <class Rule, Name... permissions>
struct Permitted {
  static_assert(sizeof...(permissions) > 0, "cardea: RequireAll and RequireAny name at least one permission");
  static_assert((is_permission_name(permissions.text()) && ...),
                "cardea: a permission that a route requires has parts of lower-case letters, digits and _ - . joined "
                "by a colon, and no wildcard");
  static constexpr std::array<std::string_view, sizeof...(permissions)> names{permissions.text()...};

  Principal principal;

  const Principal* operator->() const noexcept { return &principal; }
  const Principal& operator*() const noexcept { return principal; }

  // Error: permission_required. A denial is an audit event where the application provides an AuditSink.
  static Result<Permitted> resolve(const CurrentPrincipal& caller, const RequestContext& context,
                                   UseIfProvided<AuditSink> audit) {
    if (auto allowed = Rule::check(*caller, names, context, audit); !allowed)
      return failure(std::move(allowed).error());
    return Permitted{*caller};
  }
  static void describe(Operation& operation) { Rule::describe(operation, names); }
};

template <class Rule, Name... permissions>
inline constexpr bool names_a_principal<Permitted<Rule, permissions...>> = true;
template <class Rule, Name... permissions>
inline constexpr auto permissions_named_by<Permitted<Rule, permissions...>> = Permitted<Rule, permissions...>::names;

}  // namespace cardea::web
