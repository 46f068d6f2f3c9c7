// The options, in one table: flags, environment names, TOML keys, `cardea config` and docs/configuration.md come from
// it.
#pragma once

#include <cardea/service/config/config.hpp>
#include <expected>
#include <span>
#include <string>
#include <string_view>

namespace cardea::service {

enum class OptionKind : unsigned char {
  plain,    // by flag, environment and file
  secret,   // by environment and file only, since the command line is for everyone to read; masked wherever it is shown
  command,  // by flag only, since it must never be left on by accident
};

// Why a value cannot be used: "access_token_minutes: "abc" is not a whole number; write 1 to 1440".
struct ValueProblem {
  std::string problem;  // "is not a whole number"
  std::string fix;      // "write 1 to 1440"
};

struct Option {
  std::string_view key;           // access_token_minutes
  OptionKind kind;                //
  std::string_view value_name;    // MINUTES; empty: a switch, which is true or false
  std::string_view default_text;  // as it would be written; empty: not set
  std::string_view meaning;       // one sentence or two, for --help and the page
  std::expected<void, ValueProblem> (*set)(Config& config, std::string_view text);
  std::string (*masked)(std::string_view text) = nullptr;  // of a plain option that may have a secret in it: shown so
};

std::span<const Option> options();

// Null if there is none of that key.
const Option* find_option(std::string_view key);

std::string flag_of(const Option& option);              // --access-token-minutes
std::string environment_name_of(const Option& option);  // CARDEA_ACCESS_TOKEN_MINUTES

}  // namespace cardea::service
