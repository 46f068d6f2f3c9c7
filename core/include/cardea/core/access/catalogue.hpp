// The permissions and roles of an application, declared once, as a constant of the program:
//
//   inline constexpr auto kCatalogue = cardea::catalogue({{"posts:write", "Publish posts and change them"},
//                                                         {"posts:delete", "Delete anybody's posts"}},
//                                                        {{"author", "posts:write"}, {"editor", "posts:*", "author"}});
//
// Two of them are combined by +. cardea/web/app_with.hpp checks every route against one. What kCatalogue.open() is lets
// stored roles give permissions that it does not declare, those of other services; no route may require them.
#pragma once

#include <algorithm>
#include <array>
#include <cardea/core/access/permission.hpp>
#include <cardea/core/access/role_definition.hpp>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace cardea {

struct DeclaredPermission {
  std::string_view name;     // no wildcard
  std::string_view meaning;  // a sentence for those who grant it
};

// One space between two names. A role whose texts are empty gives nothing but its name.
struct DeclaredRole {
  std::string_view name;
  std::string_view permissions = {};  // as granted: wildcards too
  std::string_view includes = {};     // other roles of the catalogue
};

namespace catalogue_detail {

// Takes the first word and its space off the front. A loop, for GCC 12's sanitizers, as in web's pattern.hpp.
constexpr std::string_view take_word(std::string_view& rest) noexcept {
  std::size_t length = 0;
  while (length < rest.size() && rest[length] != ' ') ++length;
  const auto word = rest.substr(0, length);
  rest.remove_prefix(length < rest.size() ? length + 1 : length);
  return word;
}

constexpr bool covers(std::string_view granted, std::string_view needed) noexcept {
  if (!granted.ends_with('*')) return granted == needed;
  return needed.starts_with(granted.substr(0, granted.size() - 1));
}

// FNV-1a with 64 bits, of the text and a NUL behind it.
constexpr std::uint64_t kDigestOfNothing = 0xcbf29ce484222325;

constexpr std::uint64_t digest_of(std::uint64_t before, std::string_view text) noexcept {
  constexpr std::uint64_t prime = 0x100000001b3;
  for (const char character : text) before = (before ^ static_cast<unsigned char>(character)) * prime;
  return before * prime;
}

}  // namespace catalogue_detail

// A view of a catalogue, whatever its size. Lives as long as that one: for ever, if it is a constant.
class Catalogue {
 public:
  constexpr Catalogue(std::span<const DeclaredPermission> permissions, std::span<const DeclaredRole> roles,
                      bool is_open = false) noexcept
      : permissions_(permissions), roles_(roles), is_open_(is_open) {}

  constexpr std::span<const DeclaredPermission> permissions() const noexcept { return permissions_; }
  constexpr std::span<const DeclaredRole> roles() const noexcept { return roles_; }

  constexpr bool has_permission(std::string_view name) const noexcept {
    for (const auto& permission : permissions_) {
      if (permission.name == name) return true;
    }
    return false;
  }

  // What may be granted: "*", one of the permissions, or a wildcard that covers one of them; by an open one anything.
  constexpr bool can_grant(std::string_view granted) const noexcept {
    if (granted == "*" || (is_open_ && is_permission(granted))) return true;
    for (const auto& permission : permissions_) {
      if (is_permission(granted) && catalogue_detail::covers(granted, permission.name)) return true;
    }
    return false;
  }

  constexpr bool has_role(std::string_view name) const noexcept { return role_named(name) != nullptr; }

  // A number of what it declares: catalogues that declare something else have another one.
  constexpr std::uint64_t fingerprint() const noexcept;

  // What a catalogue has to hold, each by itself, so that the compiler can say which one does not.
  constexpr bool permissions_are_valid() const noexcept;     // names of permissions, each once
  constexpr bool roles_are_valid() const noexcept;           // names of roles, each once
  constexpr bool roles_give_what_there_is() const noexcept;  // can_grant each of their permissions
  constexpr bool roles_include_what_there_is() const noexcept;
  constexpr bool no_role_includes_itself() const noexcept;

  // Only of a catalogue that holds all that.
  std::vector<RoleDefinition> definitions() const;

 private:
  constexpr const DeclaredRole* role_named(std::string_view name) const noexcept {
    for (const auto& role : roles_) {
      if (role.name == name) return &role;
    }
    return nullptr;
  }
  // Does a way from `role` over included ones end? A longer one than there are roles goes round.
  constexpr bool ends(const DeclaredRole& role, std::size_t steps_left) const noexcept {
    if (steps_left == 0) return false;
    for (auto rest = role.includes; !rest.empty();) {
      const auto* const included = role_named(catalogue_detail::take_word(rest));
      if (included != nullptr && !ends(*included, steps_left - 1)) return false;
    }
    return true;
  }

  std::span<const DeclaredPermission> permissions_;
  std::span<const DeclaredRole> roles_;
  bool is_open_;
};

constexpr std::uint64_t Catalogue::fingerprint() const noexcept {
  auto digest = catalogue_detail::kDigestOfNothing;
  const auto add = [&digest](std::string_view text) { digest = catalogue_detail::digest_of(digest, text); };
  for (const auto& [name, meaning] : permissions_) {
    add(name);
    add(meaning);
  }
  add("roles");
  for (const auto& [name, permissions, includes] : roles_) {
    add(name);
    add(permissions);
    add(includes);
  }
  if (is_open_) add("open");
  return digest;
}

constexpr bool Catalogue::permissions_are_valid() const noexcept {
  for (std::size_t i = 0; i < permissions_.size(); ++i) {
    if (!is_permission_name(permissions_[i].name)) return false;
    if (Catalogue{permissions_.first(i), {}}.has_permission(permissions_[i].name)) return false;
  }
  return true;
}

constexpr bool Catalogue::roles_are_valid() const noexcept {
  for (std::size_t i = 0; i < roles_.size(); ++i) {
    if (!is_role_name(roles_[i].name) || Catalogue{{}, roles_.first(i)}.has_role(roles_[i].name)) return false;
  }
  return true;
}

constexpr bool Catalogue::roles_give_what_there_is() const noexcept {
  for (const auto& role : roles_) {
    for (auto rest = role.permissions; !rest.empty();) {
      if (!can_grant(catalogue_detail::take_word(rest))) return false;
    }
  }
  return true;
}

constexpr bool Catalogue::roles_include_what_there_is() const noexcept {
  for (const auto& role : roles_) {
    for (auto rest = role.includes; !rest.empty();) {
      if (!has_role(catalogue_detail::take_word(rest))) return false;
    }
  }
  return true;
}

constexpr bool Catalogue::no_role_includes_itself() const noexcept {
  for (const auto& role : roles_) {
    if (!ends(role, roles_.size())) return false;
  }
  return true;
}

template <std::size_t P, std::size_t R>
struct CatalogueOf {
  std::array<DeclaredPermission, P> permissions{};
  std::array<DeclaredRole, R> roles{};
  bool is_open = false;

  constexpr Catalogue view() const noexcept { return {permissions, roles, is_open}; }
  consteval CatalogueOf open() const noexcept { return {permissions, roles, true}; }

  // What both declare. A name that both have is there twice, which is no valid catalogue.
  template <std::size_t Q, std::size_t S>
  friend consteval CatalogueOf<P + Q, R + S> operator+(const CatalogueOf& a, const CatalogueOf<Q, S>& b) {
    CatalogueOf<P + Q, R + S> both;
    std::copy_n(b.permissions.begin(), Q, std::copy_n(a.permissions.begin(), P, both.permissions.begin()));
    std::copy_n(b.roles.begin(), S, std::copy_n(a.roles.begin(), R, both.roles.begin()));
    both.is_open = a.is_open || b.is_open;
    return both;
  }
};

template <std::size_t P, std::size_t R>
consteval CatalogueOf<P, R> catalogue(const DeclaredPermission (&permissions)[P], const DeclaredRole (&roles)[R]) {
  CatalogueOf<P, R> made;
  std::copy_n(permissions, P, made.permissions.begin());
  std::copy_n(roles, R, made.roles.begin());
  return made;
}

template <std::size_t P>
consteval CatalogueOf<P, 0> catalogue(const DeclaredPermission (&permissions)[P]) {
  CatalogueOf<P, 0> made;
  std::copy_n(permissions, P, made.permissions.begin());
  return made;
}

}  // namespace cardea
