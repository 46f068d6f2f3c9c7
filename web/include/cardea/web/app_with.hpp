// An application with a catalogue of permissions and roles: a route that names one which the catalogue does not declare
// does not compile.
//
//   inline constexpr auto kCatalogue = cardea::catalogue({{"posts:write", "Publish posts and change them"}},
//                                                        {{"editor", "posts:*"}});
//   cardea::web::AppWith<kCatalogue> app;
//   app.post<"/posts">([](RequirePermission<"posts:write"> author, JsonBody<NewPost> post) { ... });
#pragma once

#include <cardea/web/app.hpp>
#include <cardea/web/security/named_permissions.hpp>
#include <cstdint>

namespace cardea::web {

namespace catalogue_detail {

template <const auto& catalogue>
struct NamesAnUndeclaredPermission {
  template <class P>
  static constexpr bool of = [] {
    for (const auto name : permissions_named_by<P>) {
      if (!catalogue.view().has_permission(name)) return true;
    }
    return false;
  }();
};

template <const auto& catalogue>
struct NamesAnUndeclaredRole {
  template <class P>
  static constexpr bool of = [] {
    for (const auto name : roles_named_by<P>) {
      if (!catalogue.view().has_role(name)) return true;
    }
    return false;
  }();
};

template <const auto& catalogue, class Parameter>
consteval bool declares_what_is_named_by() {
  using dependency_detail::any_needed;
  constexpr bool permissions = !any_needed<NamesAnUndeclaredPermission<catalogue>, Parameter>();
  static_assert(permissions,
                "cardea: this route requires a permission that the application's catalogue does not declare");
  constexpr bool roles = !any_needed<NamesAnUndeclaredRole<catalogue>, Parameter>();
  static_assert(roles, "cardea: this route requires a role that the application's catalogue does not declare");
  return permissions && roles;
}

template <const auto& catalogue, class F>
consteval bool declares_what_the_handler_names() {
  if constexpr (Signature<F>::known) {
    return []<class... P>(std::tuple<P...>*) {
      return (declares_what_is_named_by<catalogue, P>() && ...);
    }(static_cast<typename Signature<F>::Parameters*>(nullptr));
  } else {
    return true;  // App says what is wrong with it
  }
}

template <const auto& catalogue>
consteval bool is_valid() {
  constexpr auto declared = catalogue.view();
  static_assert(declared.permissions_are_valid(),
                "cardea: a permission of the catalogue is no name of a permission, or is there twice");
  static_assert(declared.roles_are_valid(), "cardea: a role of the catalogue is no name of a role, or is there twice");
  static_assert(declared.roles_give_what_there_is(),
                "cardea: a role of the catalogue gives a permission that the catalogue does not declare");
  static_assert(declared.roles_include_what_there_is(),
                "cardea: a role of the catalogue includes one that the catalogue does not declare");
  static_assert(declared.no_role_includes_itself(), "cardea: a role of the catalogue includes itself");
  return true;
}

}  // namespace catalogue_detail

// `declared` is a constant of the program: what cardea::catalogue made. By the fingerprint two constants of one name,
// each of its own file, make two types: GCC 14 gives both the same symbols, whatever their linkage, and one of the
// applications would have the other's roles.
template <const auto& declared, std::uint64_t fingerprint = declared.view().fingerprint()>
class AppWith : public App {
  static_assert(catalogue_detail::is_valid<declared>());

 public:
  AppWith() { declare(declared.view()); }

  template <Name pattern, class F>
  RouteOptions get(F handler) {
    static_assert(catalogue_detail::declares_what_the_handler_names<declared, F>());
    return App::get<pattern>(std::move(handler));
  }
  template <Name pattern, class F>
  RouteOptions post(F handler) {
    static_assert(catalogue_detail::declares_what_the_handler_names<declared, F>());
    return App::post<pattern>(std::move(handler));
  }
  template <Name pattern, class F>
  RouteOptions put(F handler) {
    static_assert(catalogue_detail::declares_what_the_handler_names<declared, F>());
    return App::put<pattern>(std::move(handler));
  }
  template <Name pattern, class F>
  RouteOptions patch(F handler) {
    static_assert(catalogue_detail::declares_what_the_handler_names<declared, F>());
    return App::patch<pattern>(std::move(handler));
  }
  template <Name pattern, class F>
  RouteOptions delete_(F handler) {
    static_assert(catalogue_detail::declares_what_the_handler_names<declared, F>());
    return App::delete_<pattern>(std::move(handler));
  }
};

}  // namespace cardea::web
