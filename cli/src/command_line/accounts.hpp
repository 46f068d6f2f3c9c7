// What the commands about users share: finding one, showing one, changing one.
#pragma once

#include <boost/json/object.hpp>
#include <cardea/core/account/account_administration.hpp>
#include <cardea/core/account/user_store.hpp>
#include <cardea/service/wiring/accounts.hpp>
#include <cardea/sql/api_key/sql_api_key_store.hpp>
#include <string>

#include "command_line/command_audit.hpp"
#include "command_line/invocation.hpp"
#include "terminal/table.hpp"

namespace cardea::cli {

// Error: account_not_found for what is no user name, so that it reads like any other unknown one.
Result<Username> known_name(const std::string& name);

// Error: account_not_found, also for what is no user name and for a deleted account.
Result<User> user_named(const std::string& name, UserStore& users);

// The state is the one at `now`.
boost::json::object json_of(const User& user, Instant now);
boost::json::object json_of(const UserRecord& record, Instant now);  // with the e-mail address
Row heading_of_users();
Row row_of(const User& user, Instant now);

// Where changes come from that no request has made.
Origin command_line_origin();

// What the roles of the ready server and of the database give.
Result<LiveRoles> roles_in(service::Accounts& accounts, AuditSink& audit);

// Opens the configured accounts and calls use(accounts, config): the command's own part. A value of it is success.
template <class Use>
ExitStatus with_accounts(Invocation& invocation, Use use) {
  const auto loaded = service::load_config(invocation.sources);
  if (!loaded) return invocation.terminal.refuse(loaded.error());
  auto accounts = service::Accounts::open(loaded->config, invocation.clock.now());
  if (!accounts) return invocation.terminal.refuse(accounts.error());
  const Done done = use(*accounts, loaded->config);
  return done ? ExitStatus::done : invocation.terminal.refuse(done.error());
}

// The same for a change: change(administration, users).
template <class Change>
ExitStatus with_administration(Invocation& invocation, Change change) {
  return with_accounts(invocation, [&](service::Accounts& accounts, const service::Config& config) -> Done {
    const auto hasher = service::password_hasher_of(config);
    CommandAudit audit{accounts.database(), config, invocation.terminal};
    EndedSessions ended;
    SessionAdministration sessions{accounts.sessions(), ended, audit.sink()};
    sql::SqlApiKeyStore api_key_store{accounts.database()};
    ApiKeyAdministration api_keys{api_key_store, audit.sink()};
    const auto roles = roles_in(accounts, audit.sink());
    if (!roles) return failure(roles.error());
    AccountAdministration administration{
        accounts.users(), sessions, api_keys, hasher, service::password_policy_of(config), audit.sink(), *roles};
    return change(administration, accounts.users());
  });
}

}  // namespace cardea::cli
