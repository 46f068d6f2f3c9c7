#include "command_line/accounts.hpp"
#include "command_line/keys.hpp"
#include "commands/commands.hpp"

namespace cardea::cli {
namespace {

struct Arguments {
  std::string kid;
  bool yes = false;
};

ExitStatus retire(Invocation& invocation, KeyRing& ring, AuditSink& audit, const KeyId& id) {
  const auto now = invocation.clock.now();
  const auto done = ring.retire(id, now);
  if (!done) return invocation.terminal.refuse(done.error());
  audit.record({now, AuditAction::key_retired, std::string(id.text()), command_line_origin(), std::nullopt});
  invocation.terminal.out() << "key " << id.text() << " is retired; its tokens are refused from now on\n";
  return ExitStatus::done;
}

ExitStatus run(Invocation& invocation, const Arguments& arguments) {
  return with_ring_to_change(invocation, [&](KeyRing& ring, AuditSink& audit) {
    auto& terminal = invocation.terminal;
    const auto id = key_named(arguments.kid);
    if (!id) return terminal.refuse(id.error());
    const bool agreed = arguments.yes || terminal.confirms("Refuse every token that this key has signed?");
    if (agreed) return retire(invocation, ring, audit, *id);
    return terminal.refuse(
        Error{ErrorCode::invalid_request, PublicText{"Not retired: this cannot be undone; say --yes"}});
  });
}

}  // namespace

void add_key_retire(Command key, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto command = key.add_command("retire", "Cut a key off that others may have: its tokens are refused at once");
  command.add_option("KID", arguments->kid, "The key's id, as `key list` shows it").required();
  command.add_flag("--yes", arguments->yes, "Do not ask");
  when_named(command, invocation, arguments, run);
}

}  // namespace cardea::cli
