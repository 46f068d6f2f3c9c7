#include "command_line/sessions.hpp"
#include "commands/commands.hpp"
#include "terminal/confirmation.hpp"

namespace cardea::cli {
namespace {

struct Arguments {
  std::string name;
  std::optional<std::string> id;
  bool yes = false;
};

constexpr auto kReason = SessionEnd::ended_by_administrator;

// How many.
Result<std::size_t> end(SessionAdministration& administration, const User& user, const std::optional<std::string>& text,
                        Instant now) {
  if (!text) return administration.end_all(user, {}, kReason, command_line_origin(), now);
  const auto id = SessionId::parse(*text);
  if (!id) return failure(id.error());
  auto done = administration.end(user, *id, kReason, command_line_origin(), now);
  if (!done) return failure(std::move(done).error());
  return 1;
}

ExitStatus run(Invocation& invocation, const Arguments& arguments) {
  auto& terminal = invocation.terminal;
  const auto is_sure = [&] {
    return is_confirmed(
        terminal, {"End all sessions of " + arguments.name + "?",
                   "the sessions of " + arguments.name + " were not ended", "--yes ends all of them without asking"});
  };
  if (!arguments.id && !arguments.yes && !is_sure()) return ExitStatus::refused;
  return with_sessions_of(invocation, arguments.name,
                          [&](SessionAdministration& administration, const User& user) -> Done {
                            const auto count = end(administration, user, arguments.id, invocation.clock.now());
                            if (!count) return failure(count.error());
                            terminal.out() << "ended " << *count << (*count == 1 ? " session of " : " sessions of ")
                                           << user.username.text() << '\n';
                            return {};
                          });
}

}  // namespace

void add_session_end(Command session, Invocation& invocation) {
  auto arguments = std::make_shared<Arguments>();
  auto command = session.add_command("end", "End a session, or all of a user: their tokens are refused at once");
  command.add_option("USERNAME", arguments->name, "The user's name").required();
  command.add_option("ID", arguments->id, "The session's id, as `session list` shows it; all without");
  command.add_flag("--yes", arguments->yes, "Do not ask before ending all");
  when_named(command, invocation, arguments, run);
}

}  // namespace cardea::cli
