// A caller who is the user that the path names by id: RequireOwner<"id"> on "/users/{id}/letters". Anyone else: 403
// "Requires the owner". RequireOwner<"id", "letters:read"> lets in those with that permission, too.
//
// For what is owned in another way, a dependency of the application does the same: docs/permissions.md.
#pragma once

#include <cardea/web/extract/path.hpp>
#include <cardea/web/security/current_user.hpp>
#include <cardea/web/security/require_permission.hpp>

namespace cardea::web {

namespace owner_detail {
// Error: owner_required. A denial is an audit event where there is a sink.
Done check(const CurrentUser& user, std::int64_t owner, const RequestContext& context, UseIfProvided<AuditSink> audit);
void describe(Operation& operation, std::string_view instead);
}  // namespace owner_detail

template <Name parameter, Name... permission>
struct RequireOwner {
  static_assert(sizeof...(permission) <= 1, "cardea: RequireOwner names a path parameter, and at most one permission");
};

template <Name parameter, Name permission>
struct RequireOwner<parameter, permission> {
  static_assert(is_permission_name(permission.text()),
                "cardea: a permission that a route requires has parts of lower-case letters, digits and _ - . joined "
                "by a colon, and no wildcard");
  static constexpr std::array names{permission.text()};

  CurrentUser user;

  const CurrentUser* operator->() const noexcept { return &user; }
  const CurrentUser& operator*() const noexcept { return user; }

  // Error: permission_required.
  static Result<RequireOwner> resolve(const CurrentUser& user, const CurrentPrincipal& caller,
                                      const Path<parameter, std::int64_t>& owner, const RequestContext& context,
                                      UseIfProvided<AuditSink> audit) {
    auto allowed = user.id == *owner ? Done{} : AllPermissions::check(*caller, names, context, audit);
    if (!allowed) return failure(std::move(allowed).error());
    return RequireOwner{user};
  }
  static void describe(Operation& operation) { owner_detail::describe(operation, permission.text()); }
};

template <Name parameter>
struct RequireOwner<parameter> {
  CurrentUser user;

  const CurrentUser* operator->() const noexcept { return &user; }
  const CurrentUser& operator*() const noexcept { return user; }

  // Error: owner_required.
  static Result<RequireOwner> resolve(const CurrentUser& user, const Path<parameter, std::int64_t>& owner,
                                      const RequestContext& context, UseIfProvided<AuditSink> audit) {
    if (auto allowed = owner_detail::check(user, *owner, context, audit); !allowed)
      return failure(std::move(allowed).error());
    return RequireOwner{user};
  }
  static void describe(Operation& operation) { owner_detail::describe(operation, {}); }
};

template <Name parameter, Name... permission>
inline constexpr bool names_a_principal<RequireOwner<parameter, permission...>> = true;
template <Name parameter, Name permission>
inline constexpr std::array permissions_named_by<RequireOwner<parameter, permission>>{permission.text()};

}  // namespace cardea::web
