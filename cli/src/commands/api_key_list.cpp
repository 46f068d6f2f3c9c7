#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "command_line/api_keys.hpp"
#include "commands/commands.hpp"

namespace cardea::cli {
namespace {

struct Arguments {
  std::string name;
  bool json = false;
};

std::string as_json(const std::vector<ApiKey>& keys) {
  boost::json::array array;
  for (const auto& key : keys) array.push_back(json_of(key));
  return boost::json::serialize(array) + '\n';
}

std::string as_table(const std::vector<ApiKey>& keys) {
  std::vector<Row> rows;
  for (const auto& key : keys) rows.push_back(row_of(key));
  return table(heading_of_api_keys(), std::move(rows));
}

ExitStatus run(Invocation& invocation, const Arguments& arguments) {
  return with_api_keys_of(invocation, arguments.name,
                          [&](ApiKeyAdministration& administration, const ApiKeyOwner& owner) -> Done {
                            const auto keys = administration.list(owner.id);
                            if (!keys) return failure(keys.error());
                            invocation.terminal.out() << (arguments.json ? as_json(*keys) : as_table(*keys));
                            return {};
                          });
}

}  // namespace

void add_api_key_list(Command api_key, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto command = api_key.add_command("list", "Print the API keys of a user that are not revoked, the newest first");
  command.add_option("USERNAME", arguments->name, "The user's name").required();
  command.add_flag("--json", arguments->json, "For programs");
  when_named(command, invocation, arguments, run);
}

}  // namespace cardea::cli
