#include <cardea/service/wiring/accounts.hpp>
#include <cardea/sql/migration/migrator.hpp>

#include "commands/commands.hpp"

namespace cardea::cli {
namespace {

struct Arguments {};

ExitStatus run(Invocation& invocation, const Arguments&) {
  auto& terminal = invocation.terminal;
  const auto loaded = service::load_config(invocation.sources);
  if (!loaded) return terminal.refuse(loaded.error());
  auto database = sql::Database::open(loaded->config.database);
  if (!database) return terminal.refuse(database.error());
  const auto applied = sql::Migrator{*database}.migrate(invocation.clock.now());
  if (!applied) return terminal.refuse(applied.error());
  if (*applied == 0) {
    terminal.out() << "up to date\n";
  } else {
    terminal.out() << "applied " << *applied << (*applied == 1 ? " migration\n" : " migrations\n");
  }
  return ExitStatus::done;
}

}  // namespace

void add_db_migrate(Command db, Invocation& invocation) {
  auto command = db.add_command("migrate", "Bring the database's schema up to date");
  when_named(command, invocation, std::make_shared<Arguments>(), run);
}

}  // namespace cardea::cli
