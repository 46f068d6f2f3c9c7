#include <cardea/core/token/token_verifier.hpp>
#include <cardea/service/wiring/token_rules.hpp>

#include "command_line/arguments.hpp"
#include "command_line/keys.hpp"
#include "commands/commands.hpp"

namespace cardea::cli {
namespace {

struct Arguments {
  std::optional<std::string> keys, issuer, audience, at;
  bool allow_missing_expiry = false;
};

TokenPolicy policy_of(const Arguments& arguments, TokenPolicy policy) {
  if (arguments.issuer) policy = std::move(policy).expecting_issuer(Issuer{*arguments.issuer});
  if (arguments.audience) policy = std::move(policy).expecting_audience(Audience{*arguments.audience});
  if (arguments.allow_missing_expiry) policy = std::move(policy).accepting_tokens_without_expiry();
  return policy;
}

TokenVerifier verifier_of(const service::Config& config, const Arguments& arguments, std::shared_ptr<KeySource> keys) {
  return {std::move(keys), policy_of(arguments, service::token_policy_of(config, KeyKind::asymmetric)),
          policy_of(arguments, service::token_policy_of(config, KeyKind::symmetric))};
}

ExitStatus verify(Invocation& invocation, const Arguments& arguments, const TokenVerifier& verifier) {
  auto& terminal = invocation.terminal;
  const auto compact = read_compact(terminal);
  // Only then: a token that was waited for may be younger than the command.
  const auto now = time_of(arguments.at, invocation.clock);
  if (!now) return terminal.refuse(now.error());
  const auto token = verifier.verify(compact, *now);
  if (!token) return refuse_token(terminal, token.error());
  const auto json = to_json(token->claims());
  if (!json) return terminal.refuse(json.error());
  terminal.out() << *json << '\n';
  return ExitStatus::done;
}

// With --jwks nothing of this service's configuration counts.
ExitStatus verify_by_file(Invocation& invocation, const Arguments& arguments) {
  auto keys = read_keys(*arguments.keys);
  if (!keys) return invocation.terminal.refuse(keys.error());
  return verify(invocation, arguments, {*std::move(keys), policy_of(arguments, TokenPolicy::tutorial())});
}

ExitStatus run(Invocation& invocation, const Arguments& arguments) {
  if (const auto now = time_of(arguments.at, invocation.clock); !now) return invocation.terminal.refuse(now.error());
  if (arguments.keys) return verify_by_file(invocation, arguments);
  return with_keys(invocation, [&](const service::SigningKeys& keys, const service::Config& config) {
    return verify(invocation, arguments, verifier_of(config, arguments, keys.verification()));
  });
}

}  // namespace

void add_token_verify(Command token, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto command = token.add_command("verify", "Check a token from standard input and print its claims as JSON");
  command.add_option("--jwks", arguments->keys, "A JWK or a JWK set; without it this service's own key")
      .type_name("FILE");
  // Of the same names as the options of the configuration, on purpose: here they are what the token has to say.
  command.add_option("--issuer", arguments->issuer, "The only issuer that is accepted").type_name("TEXT");
  command.add_option("--audience", arguments->audience, "The audience that the token has to name").type_name("TEXT");
  command.add_option("--at", arguments->at, "The time to check at, such as 2026-01-01T12:00:00Z").type_name("TIME");
  command.add_flag("--allow-missing-exp", arguments->allow_missing_expiry, "Accept a token that never expires");
  when_named(command, invocation, arguments, run);
}

}  // namespace cardea::cli
