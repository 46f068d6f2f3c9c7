#include "command_line/roles.hpp"
#include "commands/commands.hpp"

namespace cardea::cli {
namespace {

struct Arguments {
  std::string name;
  std::string role;
};

using Change = Result<User> (AccountAdministration::*)(const Username&, const Role&, const Origin&, Instant);

std::string roles_of(const User& user) {
  auto text = std::string(user.role.name());
  for (const auto& role : user.other_roles.roles()) text.append(", ").append(role.name());
  return text;
}

ExitStatus perform(Invocation& invocation, const Arguments& arguments, Change change) {
  return with_administration(invocation, [&](AccountAdministration& administration, UserStore&) -> Done {
    const auto username = known_name(arguments.name);
    if (!username) return failure(username.error());
    const auto role = Role::parse(arguments.role);
    if (!role) return failure(role.error());
    const auto changed = (administration.*change)(*username, *role, command_line_origin(), invocation.clock.now());
    if (!changed) return failure(changed.error());
    invocation.terminal.out() << "the roles of " << arguments.name << " are " << roles_of(*changed) << '\n';
    return {};
  });
}

// An application may declare it; nobody here can know.
void note_an_unknown_role(Invocation& invocation, const std::string& name) {
  const auto role = known_role(name);
  with_roles(invocation,
             [&](RoleAdministration& roles) -> Done {
               const auto found = role ? roles.find(*role) : failure(role.error());
               if (!found && found.error().code() == ErrorCode::role_not_found) {
                 invocation.terminal.err()
                     << "note: no role " << name
                     << " is stored or part of the ready server: unless an application declares it, it gives "
                        "nothing\n";
               }
               return {};
             });
}

ExitStatus run_grant(Invocation& invocation, const Arguments& arguments) {
  const auto status = perform(invocation, arguments, &AccountAdministration::grant_role);
  if (status == ExitStatus::done) note_an_unknown_role(invocation, arguments.role);
  return status;
}

ExitStatus run_revoke(Invocation& invocation, const Arguments& arguments) {
  return perform(invocation, arguments, &AccountAdministration::revoke_role);
}

void add(Command user, Invocation& invocation, const char* word, const char* meaning,
         ExitStatus (*run)(Invocation&, const Arguments&)) {
  auto arguments = std::make_shared<Arguments>();
  auto command = user.add_command(word, meaning);
  command.add_option("name", arguments->name, "The user's name").required();
  command.add_option("role", arguments->role, "The role's name").required();
  when_named(command, invocation, arguments, run);
}

}  // namespace

void add_user_grant(Command user, Invocation& invocation) {
  add(user, invocation, "grant", "Give a user a role besides those they have", run_grant);
}

void add_user_revoke(Command user, Invocation& invocation) {
  add(user, invocation, "revoke", "Take a role from a user", run_revoke);
}

}  // namespace cardea::cli
