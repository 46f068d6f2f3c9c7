// What the commands about OAuth clients share: naming one, showing one, changing one.
#pragma once

#include <boost/json/object.hpp>
#include <cardea/core/client/client_administration.hpp>
#include <cardea/sql/client/sql_client_store.hpp>
#include <string>

#include "command_line/accounts.hpp"

namespace cardea::cli {

// Error: permission_invalid, with a public text that says what a scope is.
Result<PermissionSet> scope_given(const std::string& text);

boost::json::object json_of(const OAuthClient& client);
// With the secret, if there is one.
boost::json::object json_of(const IssuedClient& issued);
Row heading_of_clients();
Row row_of(const OAuthClient& client);

// Prints the secret, and that it is not to be had again; nothing for a public client.
void show_secret(Terminal& terminal, const IssuedClient& issued);

// Opens the configured database and calls use(administration): the command's own part. A value of it is success.
template <class Use>
ExitStatus with_clients(Invocation& invocation, Use use) {
  return with_accounts(invocation, [&](service::Accounts& accounts, const service::Config& config) -> Done {
    CommandAudit audit{accounts.database(), config, invocation.terminal};
    sql::SqlClientStore clients{accounts.database()};
    ClientAdministration administration{clients, audit.sink()};  // NOLINT(misc-const-correctness): as `use` wants it
    return use(administration);
  });
}

}  // namespace cardea::cli
