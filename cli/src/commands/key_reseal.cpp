#include <cardea/service/wiring/accounts.hpp>
#include <cardea/service/wiring/signing_keys.hpp>

#include "commands/commands.hpp"

namespace cardea::cli {
namespace {

struct Arguments {};

ExitStatus run(Invocation& invocation, const Arguments&) {
  auto& terminal = invocation.terminal;
  const auto loaded = service::load_config(invocation.sources);
  if (!loaded) return terminal.refuse(loaded.error());
  auto accounts = service::Accounts::open(loaded->config, invocation.clock.now());
  if (!accounts) return terminal.refuse(accounts.error());
  const auto count = service::SigningKeys::reseal(loaded->config, accounts->database());
  if (!count) return terminal.refuse(count.error());
  terminal.out() << "sealed " << *count << (*count == 1 ? " key" : " keys") << " under a new master key, in "
                 << service::master_key_file_of(loaded->config)->string() << '\n';
  return ExitStatus::done;
}

}  // namespace

void add_key_reseal(CLI::App& key, Invocation& invocation) {
  auto& command = *key.add_subcommand("reseal", "Change the master key, and seal every key under the new one");
  when_named(command, invocation, std::make_shared<Arguments>(), run);
}

}  // namespace cardea::cli
