#include "command_line/accounts.hpp"
#include "command_line/keys.hpp"
#include "commands/commands.hpp"

namespace cardea::cli {
namespace {

struct Arguments {
  std::optional<std::string> kid;
};

ExitStatus export_public(Invocation& invocation, const KeyRing& ring) {
  invocation.terminal.out() << ring.published_at(invocation.clock.now()).json << '\n';
  return ExitStatus::done;
}

ExitStatus export_private(Invocation& invocation, const KeyRing& ring, AuditSink& audit, const std::string& kid) {
  const auto now = invocation.clock.now();
  const auto id = key_named(kid);
  if (!id) return invocation.terminal.refuse(id.error());
  const auto jwk = ring.export_jwk(*id, now);
  if (!jwk) return invocation.terminal.refuse(jwk.error());
  audit.record({now, AuditAction::key_exported, std::string(id->text()), command_line_origin(), std::nullopt});
  invocation.terminal.err() << "warning: whoever has this can sign tokens\n";
  invocation.terminal.out() << jwk->expose() << '\n';
  return ExitStatus::done;
}

ExitStatus run(Invocation& invocation, const Arguments& arguments) {
  if (!arguments.kid)
    return with_ring(invocation, [&](const KeyRing& ring) { return export_public(invocation, ring); });
  return with_ring_to_change(invocation, [&](const KeyRing& ring, AuditSink& audit) {
    return export_private(invocation, ring, audit, *arguments.kid);
  });
}

}  // namespace

void add_key_export(Command key, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto command = key.add_command("export", "Print the public keys as a JWK set, or one key whole as a JWK");
  command.add_option("--private", arguments->kid, "The key to print with its private half or secret").type_name("KID");
  when_named(command, invocation, arguments, run);
}

}  // namespace cardea::cli
