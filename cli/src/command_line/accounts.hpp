// What the commands about users share: finding one, showing one.
#pragma once

#include <boost/json/object.hpp>
#include <cardea/core/account/user_store.hpp>
#include <cardea/service/wiring/accounts.hpp>
#include <string>

#include "command_line/invocation.hpp"
#include "terminal/table.hpp"

namespace cardea::cli {

// Error: account_not_found, also for what is no user name and for a deleted account.
Result<User> user_named(const std::string& name, UserStore& users);

boost::json::object json_of(const User& user);
Row heading_of_users();
Row row_of(const User& user);

// Opens the configured accounts and calls change(accounts): the command's own part. A value of it is success.
template <class Change>
ExitStatus with_accounts(Invocation& invocation, Change change) {
  const auto loaded = service::load_config(invocation.sources);
  if (!loaded) return invocation.terminal.refuse(loaded.error());
  auto accounts = service::Accounts::open(loaded->config, invocation.clock.now());
  if (!accounts) return invocation.terminal.refuse(accounts.error());
  const Done done = change(*accounts, loaded->config);
  return done ? ExitStatus::done : invocation.terminal.refuse(done.error());
}

}  // namespace cardea::cli
