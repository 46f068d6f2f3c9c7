#include <cardea/service/wiring/accounts.hpp>
#include <cardea/sql/database/backup.hpp>
#include <filesystem>

#include "commands/commands.hpp"

namespace cardea::cli {
namespace {

struct Arguments {
  std::string file;
};

// Opening a database makes one that is missing, and a backup of that would be worth nothing.
Done check_that_it_is_there(const sql::DatabaseUrl& database) {
  std::error_code error;
  if (database.dialect() == sql::Dialect::postgresql) return {};
  if (!database.in_memory() && std::filesystem::exists(database.path(), error)) return {};
  return failure(ErrorCode::file_unusable, PublicText{"database: there is none at " + database.text()});
}

Done back_up(const service::Config& config, const std::string& file) {
  if (auto there = check_that_it_is_there(config.database); !there) return there;
  auto database = sql::Database::open(config.database);
  if (!database) return failure(std::move(database).error());
  return sql::back_up(*database, file);
}

ExitStatus run(Invocation& invocation, const Arguments& arguments) {
  auto& terminal = invocation.terminal;
  const auto loaded = service::load_config(invocation.sources);
  if (!loaded) return terminal.refuse(loaded.error());
  const auto done = back_up(loaded->config, arguments.file);
  if (!done) return terminal.refuse(done.error());
  terminal.out() << "backed up to " << arguments.file << '\n';
  terminal.err() << "note: the keys in it are sealed; without the master key's file they cannot be used\n";
  return ExitStatus::done;
}

}  // namespace

void add_db_backup(Command db, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto command = db.add_command("backup", "Copy the database to a new file, while the server runs");
  command.add_option("file", arguments->file, "A file that is not there yet").required();
  when_named(command, invocation, arguments, run);
}

}  // namespace cardea::cli
