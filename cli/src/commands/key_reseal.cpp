#include <cardea/service/wiring/signing_keys.hpp>

#include "command_line/accounts.hpp"
#include "commands/commands.hpp"

namespace cardea::cli {
namespace {

struct Arguments {};

ExitStatus run(Invocation& invocation, const Arguments&) {
  return with_accounts(invocation, [&](service::Accounts& accounts, const service::Config& config) -> Done {
    const auto count = service::SigningKeys::reseal(config, accounts.database());
    if (!count) return failure(count.error());
    CommandAudit audit{accounts.database(), config, invocation.terminal};
    audit.sink().record({invocation.clock.now(), AuditAction::keys_resealed, {}, command_line_origin(), std::nullopt});
    invocation.terminal.out() << "sealed " << *count << (*count == 1 ? " key" : " keys")
                              << " under a new master key, in " << service::master_key_file_of(config)->string()
                              << '\n';
    return {};
  });
}

}  // namespace

void add_key_reseal(Command key, Invocation& invocation) {
  auto command = key.add_command("reseal", "Change the master key, and seal every key under the new one");
  when_named(command, invocation, std::make_shared<Arguments>(), run);
}

}  // namespace cardea::cli
