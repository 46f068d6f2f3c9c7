// What the commands about sessions share: opening those of a user, showing one.
#pragma once

#include <cardea/core/session/session_administration.hpp>
#include <string>

#include "command_line/accounts.hpp"
#include "command_line/invocation.hpp"
#include "terminal/table.hpp"

namespace cardea::cli {

// A JSON object. What the client sent is escaped (json_text.hpp).
std::string json_of(const Session& session);
Row heading_of_sessions();
Row row_of(const Session& session);

// Opens the configured accounts, finds the user and calls use(administration, user): the command's own part. A value of
// it is success.
template <class Use>
ExitStatus with_sessions_of(Invocation& invocation, const std::string& name, Use use) {
  return with_accounts(invocation, [&](service::Accounts& accounts, const service::Config& config) -> Done {
    const auto user = user_named(name, accounts.users());
    if (!user) return failure(user.error());
    CommandAudit audit{accounts.database(), config, invocation.terminal};
    EndedSessions ended;
    SessionAdministration administration{accounts.sessions(), ended, audit.sink(), service::session_policy_of(config)};
    return use(administration, *user);
  });
}

}  // namespace cardea::cli
