#include <cardea/service/routes/admin_roles.hpp>
#include <cardea/web/extract/if_match.hpp>
#include <cardea/web/routing/tagged.hpp>

#include "routes/may_hand_on.hpp"

namespace cardea::service {
namespace {

using MayRead = web::RequirePermission<"roles:read">;
using MayWrite = web::RequirePermission<"roles:write">;
using RolePath = web::Path<"role", std::string>;
using Roles = web::Use<RoleAdministration>;
using Audit = web::Use<AuditSink>;
using web::RequestContext;
using TaggedRole = web::Tagged<RoleView>;

constexpr std::size_t kMost = 200;

Error invalid(std::string where, std::string_view reason) {
  return Error{ErrorCode::validation_failed}.with_fields({{std::move(where), std::string(reason)}});
}

TaggedRole tagged(const KnownRole& role) { return {RoleView::of(role), role.stored.version}; }

Result<PermissionSet> permissions_of(const std::vector<std::string>& names) {
  if (names.size() > kMost) return failure(invalid("/body/permissions", "must have at most 200 items"));
  std::vector<Permission> permissions;
  for (const auto& name : names) {
    auto permission = Permission::parse(name);
    if (!permission) {
      const auto where = "/body/permissions/" + std::to_string(permissions.size());
      return failure(invalid(where, "must be a permission, such as posts:write or posts:*"));
    }
    permissions.push_back(*std::move(permission));
  }
  return PermissionSet{std::move(permissions)};
}

Result<RoleList> included_of(const std::vector<std::string>& names) {
  if (names.size() > kMost) return failure(invalid("/body/includes", "must have at most 200 items"));
  std::vector<Role> roles;
  for (const auto& name : names) {
    auto role = Role::parse(name);
    if (!role) {
      const auto where = "/body/includes/" + std::to_string(roles.size());
      return failure(invalid(where, "must be the name of a role"));
    }
    roles.push_back(*std::move(role));
  }
  return RoleList{std::move(roles)};
}

// Error: role_not_found for what is no name of a role, so that it reads like any other unknown one.
Result<Role> named(const RolePath& path) {
  auto role = Role::parse(*path);
  if (!role) return failure(ErrorCode::role_not_found);
  return role;
}

Result<RoleDefinition> definition_of(Role role, const std::vector<std::string>& permissions,
                                     const std::vector<std::string>& includes) {
  auto given = permissions_of(permissions);
  if (!given) return failure(std::move(given).error());
  auto included = included_of(includes);
  if (!included) return failure(std::move(included).error());
  return RoleDefinition{role, *std::move(given), *std::move(included)};
}

Result<RoleListing> list(const MayRead&, Roles roles) {
  const auto all = roles->list();
  if (!all) return failure(all.error());
  RoleListing listing;
  for (const auto& role : *all) listing.items.push_back(RoleView::of(role));
  return listing;
}

Result<TaggedRole> show(const MayRead&, const RolePath& path, Roles roles) {
  const auto role = named(path);
  if (!role) return failure(role.error());
  const auto found = roles->find(*role);
  if (!found) return failure(found.error());
  return tagged(*found);
}

Result<web::Created<TaggedRole>> add(const MayWrite& giver, const web::JsonBody<NewRole>& body, Roles roles,
                                     Audit audit, const RequestContext& context) {
  auto role = Role::parse(body->role);
  if (!role) return failure(invalid("/body/role", "must be the name of a role, such as editor"));
  const std::vector<std::string> nothing;
  const auto definition =
      definition_of(*std::move(role), body->permissions.value_or(nothing), body->includes.value_or(nothing));
  if (!definition) return failure(definition.error());
  auto may = may_hand_on(roles->effective(*definition), *giver, *audit, context);
  if (!may) return failure(std::move(may).error());
  const auto added = roles->add(*definition, context.origin, context.received_at);
  if (!added) return failure(added.error());
  return web::Created<TaggedRole>{tagged(*added), "/admin/roles/" + body->role};
}

// Whoever changes a role holds what it gave and what it will give.
Done may_change(const RoleDefinition& before, const RoleDefinition& after, RoleAdministration& roles,
                const Principal& giver, AuditSink& audit, const RequestContext& context) {
  auto permissions = roles.effective(before);
  permissions.add(roles.effective(after));
  return may_hand_on(permissions, giver, audit, context);
}

Result<TaggedRole> replace(const MayWrite& giver, const RolePath& path, const web::IfMatch& expected,
                           const web::JsonBody<RoleContents>& body, Roles roles, Audit audit,
                           const RequestContext& context) {
  const auto role = named(path);
  if (!role) return failure(role.error());
  const auto definition = definition_of(*role, body->permissions, body->includes);
  if (!definition) return failure(definition.error());
  const auto found = roles->find(*role);
  if (!found) return failure(found.error());
  auto may = may_change(found->stored.definition, *definition, *roles, *giver, *audit, context);
  if (!may) return failure(std::move(may).error());
  const auto changed = roles->change(*definition, expected.version, context.origin, context.received_at);
  if (!changed) return failure(changed.error());
  return tagged(*changed);
}

Done remove(const MayWrite& giver, const RolePath& path, const web::IfMatch& expected, Roles roles, Audit audit,
            const RequestContext& context) {
  const auto role = named(path);
  if (!role) return failure(role.error());
  const auto found = roles->find(*role);
  if (!found) return failure(found.error());
  auto may = may_hand_on(found->effective, *giver, *audit, context);
  if (!may) return may;
  return roles->remove(*role, expected.version, context.origin, context.received_at);
}

std::vector<std::string> texts_of(const PermissionSet& permissions) {
  std::vector<std::string> texts;
  for (const auto& permission : permissions.permissions()) texts.emplace_back(permission.name());
  return texts;
}

PermissionListing permissions_of(const web::App& app) {
  PermissionListing listing;
  if (!app.catalogue()) return listing;
  for (const auto& [name, meaning] : app.catalogue()->permissions()) {
    listing.items.push_back({std::string(name), std::string(meaning)});
  }
  return listing;
}

}  // namespace

RoleView RoleView::of(const KnownRole& known) {
  const auto& definition = known.stored.definition;
  RoleView view{.role = std::string(definition.role.name()),
                .permissions = texts_of(definition.permissions),
                .includes = {},
                .effective = texts_of(known.effective),
                .declared = known.is_declared,
                .changed_at = {}};
  for (const auto& role : definition.includes.roles()) view.includes.emplace_back(role.name());
  if (!known.is_declared) view.changed_at = known.stored.changed_at;
  return view;
}

void add_admin_roles(web::App& app) {
  app.get<"/admin/permissions">([&app](const MayRead&) { return permissions_of(app); })
      .tag("administration")
      .summary("List the permissions that the application declares");
  app.get<"/admin/roles">(list)
      .blocking()
      .tag("administration")
      .summary("List the roles")
      .description("Those that the application declares come first, each with all that it gives in the end.");
  app.post<"/admin/roles">(add)
      .refuses({ErrorCode::conflict, ErrorCode::role_declared, ErrorCode::role_not_found,
                ErrorCode::role_includes_itself, ErrorCode::permission_unknown})
      .blocking()
      .tag("administration")
      .summary("Make a role")
      .description("Of permissions that there are, and of other roles. Nobody gives more than they have.");
  app.get<"/admin/roles/{role}">(show)
      .refuses({ErrorCode::role_not_found})
      .blocking()
      .tag("administration")
      .summary("Read a role");
  app.put<"/admin/roles/{role}">(replace)
      .refuses({ErrorCode::role_not_found, ErrorCode::role_declared, ErrorCode::role_includes_itself,
                ErrorCode::permission_unknown, ErrorCode::last_administrator})
      .blocking()
      .tag("administration")
      .summary("Change what a role gives")
      .description("Its holders follow at once. A declared role is changed by a new version of the application only.");
  app.delete_<"/admin/roles/{role}">(remove)
      .refuses(
          {ErrorCode::role_not_found, ErrorCode::role_declared, ErrorCode::role_in_use, ErrorCode::last_administrator})
      .blocking()
      .tag("administration")
      .summary("Remove a role")
      .description("Users who have it keep its name, which gives nothing any more.");
}

}  // namespace cardea::service
