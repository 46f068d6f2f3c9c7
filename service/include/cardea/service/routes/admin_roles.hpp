// /admin/roles: what roles there are and what they give, and an organisation's own. Seeing needs roles:read, changing
// roles:write.
#pragma once

#include <boost/describe/class.hpp>
#include <cardea/core/access/role_administration.hpp>
#include <cardea/core/base/clock.hpp>
#include <cardea/web/app.hpp>
#include <cardea/web/json/constraints.hpp>
#include <optional>
#include <string>
#include <vector>

namespace cardea::service {

struct RoleView {
  std::string role;
  std::vector<std::string> permissions;  // its own
  std::vector<std::string> includes;     // the roles whose permissions it has, too
  std::vector<std::string> effective;    // all that it gives in the end
  bool declared = false;                 // by the application: nothing here changes it
  std::optional<Instant> changed_at;     // of one that is not declared

  static RoleView of(const KnownRole& role);
};
BOOST_DESCRIBE_STRUCT(RoleView, (), (role, permissions, includes, effective, declared, changed_at))

struct RoleListing {
  std::vector<RoleView> items;
  std::optional<std::string> next;  // always null: one page has all of them
};
BOOST_DESCRIBE_STRUCT(RoleListing, (), (items, next))

struct PermissionView {
  std::string permission;
  std::string meaning;
};
BOOST_DESCRIBE_STRUCT(PermissionView, (), (permission, meaning))

struct PermissionListing {
  std::vector<PermissionView> items;
  std::optional<std::string> next;  // always null
};
BOOST_DESCRIBE_STRUCT(PermissionListing, (), (items, next))

struct NewRole {
  std::string role;
  std::optional<std::vector<std::string>> permissions;
  std::optional<std::vector<std::string>> includes;
};
BOOST_DESCRIBE_STRUCT(NewRole, (), (role, permissions, includes))

struct RoleContents {
  std::vector<std::string> permissions;
  std::vector<std::string> includes;
};
BOOST_DESCRIBE_STRUCT(RoleContents, (), (permissions, includes))

// Uses a RoleAdministration. Nobody makes a role that gives more than they may themselves, nor changes one that does.
// GET /admin/permissions shows the catalogue of `app`, which outlives its routes.
void add_admin_roles(web::App& app);

}  // namespace cardea::service
