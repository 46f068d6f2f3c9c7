// What the commands about API keys share: opening those of a user, showing one.
#pragma once

#include <boost/json/object.hpp>
#include <cardea/core/api_key/api_key_administration.hpp>
#include <cardea/sql/api_key/sql_api_key_store.hpp>
#include <string>

#include "command_line/accounts.hpp"
#include "command_line/invocation.hpp"
#include "terminal/table.hpp"

namespace cardea::cli {

boost::json::object json_of(const ApiKey& key);
Row heading_of_api_keys();
Row row_of(const ApiKey& key);

// Opens the configured accounts, finds the user and calls use(administration, owner): the command's own part. A value
// of it is success.
template <class Use>
ExitStatus with_api_keys_of(Invocation& invocation, const std::string& name, Use use) {
  return with_accounts(invocation, [&](service::Accounts& accounts, const service::Config& config) -> Done {
    const auto user = user_named(name, accounts.users());
    if (!user) return failure(user.error());
    CommandAudit audit{accounts.database(), config, invocation.terminal};
    sql::SqlApiKeyStore keys{accounts.database()};
    ApiKeyAdministration administration{keys, audit.sink()};
    return use(administration, ApiKeyOwner{user->id, user->username});
  });
}

}  // namespace cardea::cli
