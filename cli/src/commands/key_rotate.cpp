#include "command_line/accounts.hpp"
#include "command_line/keys.hpp"
#include "commands/commands.hpp"

namespace cardea::cli {
namespace {

struct Arguments {
  bool at_once = false;
};

void say_when(Terminal& terminal, const KeyRing& ring, const KeyId& id, Instant now) {
  for (const auto& key : ring.keys(now)) {
    if (key.id != id) continue;
    terminal.out() << "key " << id.text() << " (" << name_of(key.algorithm) << ") ";
    if (key.state == KeyState::active) {
      terminal.out() << "signs\n";
    } else {
      terminal.out() << "is published, and signs from " << to_rfc3339(key.signs_from) << '\n';
    }
  }
}

ExitStatus run(Invocation& invocation, const Arguments& arguments) {
  return with_ring_to_change(invocation, [&](KeyRing& ring, AuditSink& audit) {
    const auto now = invocation.clock.now();
    const auto id = ring.rotate(arguments.at_once ? Takeover::at_once : Takeover::after_publication, now);
    if (!id) return invocation.terminal.refuse(id.error());
    audit.record({now, AuditAction::key_rotated, std::string(id->text()), command_line_origin(), std::nullopt});
    say_when(invocation.terminal, ring, *id, now);
    return ExitStatus::done;
  });
}

}  // namespace

void add_key_rotate(Command key, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto command = key.add_command("rotate", "Let a new key take over, as soon as everyone can know it");
  command.add_flag("--now", arguments->at_once,
                   "At once: who has kept the published keys refuses the new one's tokens until it fetches them again");
  when_named(command, invocation, arguments, run);
}

}  // namespace cardea::cli
