#include <CLI/CLI.hpp>
#include <cardea/service/config/config_flags.hpp>

namespace cardea::service {
namespace {

void add_flag(CLI::App& program, const Option& option, ConfigSources& sources) {
  const std::string key(option.key);
  const auto flag = flag_of(option);
  const std::string meaning(option.meaning);
  if (option.value_name.empty()) {
    program.add_flag_callback(flag, [&sources, key] { sources.flags[key] = "true"; }, meaning);
    return;
  }
  program
      .add_option_function<std::string>(
          flag, [&sources, key](const std::string& text) { sources.flags[key] = text; }, meaning)
      ->type_name(std::string(option.value_name))
      ->default_str(std::string(option.default_text))
      ->group("Configuration");
}

void add_flags(CLI::App& program, OptionKind kind, ConfigSources& sources) {
  for (const auto& option : options()) {
    if (option.kind == kind) add_flag(program, option, sources);
  }
}

}  // namespace

void add_config_flags(CLI::App& program, ConfigSources& sources) {
  program
      .add_option_function<std::string>(
          "--config", [&sources](const std::string& text) { sources.file = text; },
          "A TOML file with options; CARDEA_CONFIG names one as well")
      ->type_name("FILE")
      ->group("Configuration");
  add_flags(program, OptionKind::plain, sources);
}

void add_command_flags(CLI::App& command, ConfigSources& sources) { add_flags(command, OptionKind::command, sources); }

}  // namespace cardea::service
