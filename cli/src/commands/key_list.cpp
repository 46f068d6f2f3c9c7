#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "command_line/keys.hpp"
#include "commands/commands.hpp"

namespace cardea::cli {
namespace {

struct Arguments {
  bool json = false;
};

std::string as_json(const std::vector<RingKey>& keys) {
  boost::json::array array;
  for (const auto& key : keys) array.push_back(json_of(key));
  return boost::json::serialize(array) + '\n';
}

std::string as_table(const std::vector<RingKey>& keys) {
  std::vector<Row> rows;
  for (const auto& key : keys) rows.push_back(row_of(key));
  return table(heading_of_keys(), rows);
}

ExitStatus run(Invocation& invocation, const Arguments& arguments) {
  return with_ring(invocation, [&](const KeyRing& ring) {
    const auto keys = ring.keys(invocation.clock.now());
    invocation.terminal.out() << (arguments.json ? as_json(keys) : as_table(keys));
    return ExitStatus::done;
  });
}

}  // namespace

void add_key_list(Command key, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto command = key.add_command("list", "Print every key, those of the past included");
  command.add_flag("--json", arguments->json, "For programs");
  when_named(command, invocation, arguments, run);
}

}  // namespace cardea::cli
