// One run of the program: what it was given, and what it is to do.
#pragma once

#include <cardea/core/base/clock.hpp>
#include <cardea/service/config/load_config.hpp>
#include <functional>
#include <memory>
#include <utility>

#include "command_line/command.hpp"
#include "terminal/terminal.hpp"

namespace cardea::cli {

struct Invocation {
  Terminal& terminal;
  const Clock& clock;
  service::ConfigSources sources;
  std::function<ExitStatus()> action;  // set by the command that was named
};

// Calls run(invocation, arguments) when `command` is the one that was named; what is typed has been put into the
// arguments by then.
template <class Arguments>
void when_named(Command command, Invocation& invocation, std::shared_ptr<Arguments> arguments,
                ExitStatus (*run)(Invocation&, const Arguments&)) {
  command.when_named([&invocation, arguments = std::move(arguments), run] {
    invocation.action = [&invocation, arguments, run] { return run(invocation, *arguments); };
  });
}

}  // namespace cardea::cli
