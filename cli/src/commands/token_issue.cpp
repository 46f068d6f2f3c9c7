#include <cardea/service/wiring/accounts.hpp>
#include <cardea/service/wiring/signing_keys.hpp>
#include <cardea/service/wiring/token_rules.hpp>

#include "command_line/accounts.hpp"
#include "command_line/arguments.hpp"
#include "commands/commands.hpp"

namespace cardea::cli {
namespace {

struct Arguments {
  std::string user;
  std::optional<std::size_t> minutes;
  std::optional<std::string> at;
  std::string scope;
};

Result<AccessToken> issue(Invocation& invocation, const Arguments& arguments) {
  const auto now = time_of(arguments.at, invocation.clock);
  if (!now) return failure(now.error());
  auto loaded = service::load_config(invocation.sources);
  if (!loaded) return failure(std::move(loaded).error());
  auto& config = loaded->config;
  if (arguments.minutes) config.access_token_lifetime = std::chrono::minutes{*arguments.minutes};

  auto accounts = service::Accounts::open(config, invocation.clock.now());
  if (!accounts) return failure(std::move(accounts).error());
  const auto user = user_named(arguments.user, accounts->users());
  if (!user) return failure(user.error());
  const auto keys = service::SigningKeys::open(config, accounts->database(), invocation.clock.now(), RingUse::signing);
  if (!keys) return failure(keys.error());
  return service::access_token_issuer_of(config, keys->signers()).issue(*user, *now, arguments.scope);
}

ExitStatus run(Invocation& invocation, const Arguments& arguments) {
  const auto issued = issue(invocation, arguments);
  if (!issued) return invocation.terminal.refuse(issued.error());
  invocation.terminal.out() << issued->token << '\n';
  return ExitStatus::done;
}

}  // namespace

void add_token_issue(Command token, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto command = token.add_command("issue", "Print a new access token of a user");
  command.add_option("--user", arguments->user, "The user's name").type_name("NAME").required();
  command.add_option("--minutes", arguments->minutes, "How long it is valid, instead of access_token_minutes")
      .type_name("MINUTES")
      .between(1, 1440);
  command.add_option("--at", arguments->at, "The time of issue, such as 2026-01-01T12:00:00Z").type_name("TIME");
  command.add_option("--scope", arguments->scope, "What the token permits, such as \"orders:read orders:write\"")
      .type_name("TEXT");
  when_named(command, invocation, arguments, run);
}

}  // namespace cardea::cli
