// A word of the command line, with its options and its own words, by CLI11. The commands do not include that: a file
// that does takes seconds more to compile.
#pragma once

#include <cstddef>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace cardea::cli {

// What can be said about an option or an argument. Refers to one of a command.
class Option {
 public:
  explicit Option(CLI::Option& option) : option_{&option} {}

  Option& required();
  Option& type_name(const char* name);  // what stands for the value in --help
  Option& one_of(std::initializer_list<const char*> values);
  Option& between(std::size_t least, std::size_t most);
  Option& show_default();
  Option& hide();  // from --help

 private:
  CLI::Option* option_;
};

// Refers to a command of a program, or to the program: copies are the same command.
class Command {
 public:
  explicit Command(CLI::App& app) : app_{&app} {}

  Command add_command(const char* word, const char* meaning);
  // Stands before other words only, such as `token` in `token issue`.
  Command add_words(const char* word, const char* meaning);
  // Options of which one at least must be given.
  Command add_needed_options(const char* title);

  // `name` begins with -- or is an argument's. What is typed is put into `value`, which must outlive the parsing.
  Option add_option(const char* name, std::string& value, const char* meaning);
  Option add_option(const char* name, std::optional<std::string>& value, const char* meaning);
  Option add_option(const char* name, std::size_t& value, const char* meaning);
  Option add_option(const char* name, std::optional<std::size_t>& value, const char* meaning);
  Option add_flag(const char* name, bool& value, const char* meaning);

  void when_named(std::function<void()> call);

  CLI::App& cli11() { return *app_; }

 private:
  CLI::App* app_;
};

}  // namespace cardea::cli
