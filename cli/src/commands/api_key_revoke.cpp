#include "command_line/api_keys.hpp"
#include "commands/commands.hpp"
#include "terminal/confirmation.hpp"

namespace cardea::cli {
namespace {

struct Arguments {
  std::string name;
  std::optional<std::string> id;
  bool yes = false;
};

// How many.
Result<std::size_t> revoke(ApiKeyAdministration& administration, const ApiKeyOwner& owner,
                           const std::optional<std::string>& text, Instant now) {
  if (!text) return administration.revoke_all(owner, command_line_origin(), now);
  const auto id = ApiKeyId::parse(*text);
  if (!id) return failure(id.error());
  auto done = administration.revoke(owner, *id, command_line_origin(), now);
  if (!done) return failure(std::move(done).error());
  return 1;
}

ExitStatus run(Invocation& invocation, const Arguments& arguments) {
  auto& terminal = invocation.terminal;
  const auto is_sure = [&] {
    return is_confirmed(terminal, {"Revoke all API keys of " + arguments.name + "?",
                                   "the API keys of " + arguments.name + " were not revoked",
                                   "--yes revokes all of them without asking"});
  };
  if (!arguments.id && !arguments.yes && !is_sure()) return ExitStatus::refused;
  return with_api_keys_of(invocation, arguments.name,
                          [&](ApiKeyAdministration& administration, const ApiKeyOwner& owner) -> Done {
                            const auto count = revoke(administration, owner, arguments.id, invocation.clock.now());
                            if (!count) return failure(count.error());
                            terminal.out() << "revoked " << *count << (*count == 1 ? " API key of " : " API keys of ")
                                           << owner.name.text() << '\n';
                            return {};
                          });
}

}  // namespace

void add_api_key_revoke(Command api_key, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto command = api_key.add_command("revoke", "Revoke an API key, or all of a user: they are refused at once");
  command.add_option("USERNAME", arguments->name, "The user's name").required();
  command.add_option("ID", arguments->id, "The key's id, as `api-key list` shows it; all without");
  command.add_flag("--yes", arguments->yes, "Do not ask before revoking all");
  when_named(command, invocation, arguments, run);
}

}  // namespace cardea::cli
