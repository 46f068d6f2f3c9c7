#include <cardea/core/token/jws_verifier.hpp>

#include "command_line/arguments.hpp"
#include "commands/commands.hpp"

namespace cardea::cli {
namespace {

struct Arguments {
  std::string keys;
};

ExitStatus run(Invocation& invocation, const Arguments& arguments) {
  auto& terminal = invocation.terminal;
  auto keys = read_keys(arguments.keys);
  if (!keys) return terminal.refuse(keys.error());
  const auto compact = read_compact(terminal);
  const auto payload = JwsVerifier{*std::move(keys)}.verify(compact);
  if (!payload) return refuse_token(terminal, payload.error());
  terminal.out() << *payload;
  return ExitStatus::done;
}

}  // namespace

void add_jws_verify(Command jws, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto command = jws.add_command("verify", "Check a compact JWS from standard input and print its payload's bytes");
  command.add_option("--jwks", arguments->keys, "A JWK or a JWK set").type_name("FILE").required();
  when_named(command, invocation, arguments, run);
}

}  // namespace cardea::cli
