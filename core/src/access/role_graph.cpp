#include <algorithm>
#include <cardea/core/access/role_graph.hpp>
#include <vector>

namespace cardea {
namespace {

using Way = std::vector<const RoleDefinition*>;

const RoleDefinition* find(std::span<const RoleDefinition> roles, std::string_view name) {
  const auto found = std::ranges::find(roles, name, [](const RoleDefinition& role) { return role.role.name(); });
  return found == roles.end() ? nullptr : &*found;
}

std::string sentence(const Way& way, const RoleDefinition& again) {
  std::string text = "A role would include itself: ";
  const auto first = std::ranges::find(way, &again);
  for (auto step = first; step != way.end(); ++step) text.append((*step)->role.name()).append(" > ");
  return text.append(again.role.name());
}

// `done` are the roles from which no way leads round.
Done follow(std::span<const RoleDefinition> roles, const RoleDefinition& role, Way& way, Way& done) {
  if (std::ranges::find(done, &role) != done.end()) return {};
  if (std::ranges::find(way, &role) != way.end()) {
    return failure(ErrorCode::role_includes_itself, PublicText{sentence(way, role)});
  }
  way.push_back(&role);
  for (const auto& included : role.includes.roles()) {
    const auto* const found = find(roles, included.name());
    if (found == nullptr) {
      return failure(ErrorCode::role_not_found, PublicText{"No such role: " + std::string(included.name())});
    }
    if (auto followed = follow(roles, *found, way, done); !followed) return followed;
  }
  way.pop_back();
  done.push_back(&role);
  return {};
}

void collect(std::span<const RoleDefinition> roles, const RoleDefinition& role, Way& seen) {
  if (std::ranges::find(seen, &role) != seen.end()) return;
  seen.push_back(&role);
  for (const auto& included : role.includes.roles()) {
    if (const auto* const found = find(roles, included.name())) collect(roles, *found, seen);
  }
}

}  // namespace

Done check_roles(std::span<const RoleDefinition> roles) {
  Way done;
  for (const auto& role : roles) {
    if (find(roles, role.role.name()) != &role) {
      return failure(ErrorCode::conflict, PublicText{"There is a role " + std::string(role.role.name()) + " already"});
    }
    Way way;
    if (auto followed = follow(roles, role, way, done); !followed) return followed;
  }
  return {};
}

RolePermissions flattened(std::span<const RoleDefinition> roles) {
  RolePermissions flat;
  for (const auto& role : roles) {
    Way all;
    collect(roles, role, all);
    for (const auto* const included : all) flat.include(role.role, included->role, included->permissions);
  }
  return flat;
}

}  // namespace cardea
