#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cardea/service/config/options_page.hpp>

#include "commands/commands.hpp"
#include "terminal/table.hpp"

namespace cardea::cli {
namespace {

struct Arguments {
  bool json = false;
  bool markdown = false;
};

std::string as_json(const std::vector<service::Setting>& settings) {
  boost::json::object values;
  for (const auto& setting : settings) {
    values[setting.option->key] = boost::json::object{{"value", setting.shown}, {"source", name_of(setting.source)}};
  }
  return boost::json::serialize(values) + '\n';
}

std::string as_table(const std::vector<service::Setting>& settings) {
  std::vector<Row> rows;
  for (const auto& setting : settings) {
    const bool is_set = !setting.shown.empty();
    rows.push_back(
        {std::string(setting.option->key), is_set ? setting.shown : "-", std::string(name_of(setting.source))});
  }
  return table({"KEY", "VALUE", "SOURCE"}, rows);
}

ExitStatus run(Invocation& invocation, const Arguments& arguments) {
  auto& terminal = invocation.terminal;
  if (arguments.markdown) {
    terminal.out() << service::options_page();
    return ExitStatus::done;
  }
  const auto loaded = service::load_config(invocation.sources);
  if (!loaded) return terminal.refuse(loaded.error());
  terminal.out() << (arguments.json ? as_json(loaded->settings) : as_table(loaded->settings));
  return ExitStatus::done;
}

}  // namespace

void add_config(Command program, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto command = program.add_command("config", "Print every option, its value and where the value came from");
  command.add_flag("--json", arguments->json, "For programs");
  command.add_flag("--markdown", arguments->markdown, "The page docs/configuration.md").hide();
  when_named(command, invocation, arguments, run);
}

}  // namespace cardea::cli
