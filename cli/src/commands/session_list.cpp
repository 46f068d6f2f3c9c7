#include "command_line/sessions.hpp"
#include "commands/commands.hpp"

namespace cardea::cli {
namespace {

struct Arguments {
  std::string name;
  bool json = false;
};

std::string as_json(const std::vector<Session>& sessions) {
  std::string array;
  for (const auto& session : sessions) array += (array.empty() ? "" : ",") + json_of(session);
  return '[' + array + "]\n";
}

std::string as_table(const std::vector<Session>& sessions) {
  std::vector<Row> rows;
  for (const auto& session : sessions) rows.push_back(row_of(session));
  return table(heading_of_sessions(), std::move(rows));
}

ExitStatus run(Invocation& invocation, const Arguments& arguments) {
  return with_sessions_of(invocation, arguments.name,
                          [&](SessionAdministration& administration, const User& user) -> Done {
                            const auto sessions = administration.list(user.id, invocation.clock.now());
                            if (!sessions) return failure(sessions.error());
                            invocation.terminal.out() << (arguments.json ? as_json(*sessions) : as_table(*sessions));
                            return {};
                          });
}

}  // namespace

void add_session_list(Command session, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto command = session.add_command("list", "Print the living sessions of a user, the last used first");
  command.add_option("USERNAME", arguments->name, "The user's name").required();
  command.add_flag("--json", arguments->json, "For programs");
  when_named(command, invocation, arguments, run);
}

}  // namespace cardea::cli
