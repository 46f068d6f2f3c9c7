#include "command_line/words_first.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <set>

namespace cardea::cli {
namespace {

// Every option of the program, however deep, that is followed by a value.
void collect_options_with_value(const CLI::App& command, std::set<std::string, std::less<>>& names) {
  for (const auto* option : command.get_options()) {
    if (option->get_items_expected_max() == 0) continue;
    for (const auto& name : option->get_lnames()) names.insert("--" + name);
    for (const auto& name : option->get_snames()) names.insert("-" + name);
  }
  for (const auto* subcommand : command.get_subcommands({})) collect_options_with_value(*subcommand, names);
}

bool is_option(std::string_view argument) { return argument.size() > 1 && argument.starts_with('-'); }

}  // namespace

std::vector<std::string> words_first(const std::vector<std::string>& arguments, const CLI::App& program) {
  std::set<std::string, std::less<>> with_value;
  collect_options_with_value(program, with_value);

  std::vector<std::string> words, options;
  auto argument = arguments.begin();
  for (; argument != arguments.end() && *argument != "--"; ++argument) {
    if (!is_option(*argument)) {
      words.push_back(*argument);
      continue;
    }
    options.push_back(*argument);
    const bool has_value = with_value.contains(*argument) && argument + 1 != arguments.end();
    if (has_value) options.push_back(*++argument);
  }
  std::ranges::copy(options, std::back_inserter(words));
  words.insert(words.end(), argument, arguments.end());
  return words;
}

}  // namespace cardea::cli
