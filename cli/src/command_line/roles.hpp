// What the commands about roles share.
#pragma once

#include <boost/json/object.hpp>
#include <cardea/core/access/role_administration.hpp>
#include <cardea/service/routes/ready_server_catalogue.hpp>
#include <cardea/sql/role/sql_role_store.hpp>
#include <optional>
#include <string>

#include "command_line/accounts.hpp"

namespace cardea::cli {

// Error: role_not_found, also for what is no name of a role.
Result<Role> known_role(const std::string& name);

// What --permissions and --includes say; what is not given stays as it is in `role`. Errors: permission_invalid,
// role_invalid, with a public text that names the option.
Done take_options(RoleDefinition& role, const std::optional<std::string>& permissions,
                  const std::optional<std::string>& includes);

boost::json::object json_of(const KnownRole& role);
Row heading_of_roles();
Row row_of(const KnownRole& role);

// Opens the configured database and calls use(administration): the command's own part. A value of it is success.
template <class Use>
ExitStatus with_roles(Invocation& invocation, Use use) {
  return with_accounts(invocation, [&](service::Accounts& accounts, const service::Config& config) -> Done {
    CommandAudit audit{accounts.database(), config, invocation.terminal};
    sql::SqlRoleStore store{accounts.database()};
    RoleAdministration administration{store, LiveRoles{}, audit.sink(),
                                      std::string(AccountAdministration::kAdministration)};
    administration.declare(service::kReadyServerCatalogue.view());
    return use(administration);
  });
}

}  // namespace cardea::cli
