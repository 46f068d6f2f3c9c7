#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cardea/service/wiring/accounts.hpp>
#include <cardea/sql/migration/migrator.hpp>

#include "commands/commands.hpp"
#include "terminal/table.hpp"

namespace cardea::cli {
namespace {

struct Arguments {
  bool json = false;
};

std::string as_json(const std::vector<sql::MigrationStatus>& migrations) {
  boost::json::array array;
  for (const auto& migration : migrations) {
    boost::json::value applied_at;
    if (migration.applied_at) applied_at = to_rfc3339(*migration.applied_at);
    array.push_back(boost::json::object{{"name", migration.name}, {"applied_at", std::move(applied_at)}});
  }
  return boost::json::serialize(array) + '\n';
}

std::string as_table(const std::vector<sql::MigrationStatus>& migrations) {
  std::vector<Row> rows;
  for (const auto& migration : migrations) {
    rows.push_back({migration.name, migration.applied_at ? to_rfc3339(*migration.applied_at) : "missing"});
  }
  return table({"MIGRATION", "APPLIED"}, rows);
}

ExitStatus run(Invocation& invocation, const Arguments& arguments) {
  auto& terminal = invocation.terminal;
  const auto loaded = service::load_config(invocation.sources);
  if (!loaded) return terminal.refuse(loaded.error());
  auto database = sql::Database::open(loaded->config.database);
  if (!database) return terminal.refuse(database.error());
  const auto migrations = sql::Migrator{*database}.status();
  if (!migrations) return terminal.refuse(migrations.error());
  terminal.out() << (arguments.json ? as_json(*migrations) : as_table(*migrations));
  return ExitStatus::done;
}

}  // namespace

void add_db_status(Command db, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto command = db.add_command("status", "Print which migrations the database has");
  command.add_flag("--json", arguments->json, "For programs");
  when_named(command, invocation, arguments, run);
}

}  // namespace cardea::cli
