#include "command_line/command.hpp"

#include <CLI/App.hpp>
#include <utility>
#include <vector>

namespace cardea::cli {

Option& Option::required() {
  option_->required();
  return *this;
}

Option& Option::type_name(const char* name) {
  option_->type_name(name);
  return *this;
}

Option& Option::one_of(std::initializer_list<const char*> values) {
  option_->check(CLI::IsMember(std::vector<std::string>(values.begin(), values.end())));
  return *this;
}

Option& Option::between(std::size_t least, std::size_t most) {
  option_->check(CLI::Range(least, most));
  return *this;
}

Option& Option::show_default() {
  option_->capture_default_str();
  return *this;
}

Option& Option::hide() {
  option_->group("");
  return *this;
}

Command Command::add_command(const char* word, const char* meaning) {
  return Command{*app_->add_subcommand(word, meaning)};
}

Command Command::add_words(const char* word, const char* meaning) {
  return Command{*app_->add_subcommand(word, meaning)->require_subcommand(1)};
}

Command Command::add_needed_options(const char* title) {
  auto& options = *app_->add_option_group(title);
  options.require_option();
  return Command{options};
}

Option Command::add_option(const char* name, std::string& value, const char* meaning) {
  return Option{*app_->add_option(name, value, meaning)};
}

Option Command::add_option(const char* name, std::optional<std::string>& value, const char* meaning) {
  return Option{*app_->add_option(name, value, meaning)};
}

Option Command::add_option(const char* name, std::size_t& value, const char* meaning) {
  return Option{*app_->add_option(name, value, meaning)};
}

Option Command::add_option(const char* name, std::optional<std::size_t>& value, const char* meaning) {
  return Option{*app_->add_option(name, value, meaning)};
}

Option Command::add_flag(const char* name, bool& value, const char* meaning) {
  return Option{*app_->add_flag(name, value, meaning)};
}

void Command::when_named(std::function<void()> call) { app_->callback(std::move(call)); }

}  // namespace cardea::cli
