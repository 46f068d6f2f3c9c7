#include <cardea/service/config/option.hpp>
#include <cardea/service/config/options_page.hpp>

namespace cardea::service {
namespace {

constexpr std::string_view kIntroduction = R"(# Configuration

<!-- Made by `cardea config --markdown`. Change service/src/config/option.cpp instead. -->

Every option can be given in four places. The first that says something wins:

1. a flag on the command line: `--access-token-minutes 15`,
2. the environment: `CARDEA_ACCESS_TOKEN_MINUTES=15`,
3. a TOML file named by `--config FILE` or `CARDEA_CONFIG`: `access_token_minutes = 15`,
4. the default.

`cardea config` prints the result and where each value came from. An unknown key, an unknown `CARDEA_…` variable or a
value that cannot be used stops the start with one line that names the key, the problem and the fix.

Secrets have no flag, since every user of a machine can read the command lines of the others. A file with a secret in it
must be readable by its owner only.

)";

std::string code(std::string_view text) { return "`" + std::string(text) + "`"; }

std::string default_of(const Option& option) {
  if (option.value_name.empty()) return "off";
  return option.default_text.empty() ? "not set" : code(option.default_text);
}

void add_section(std::string& page, const Option& option) {
  page.append("## ").append(option.key).append("\n\n").append(option.meaning).append("\n\n");
  page.append("| flag | environment | file | default |\n| --- | --- | --- | --- |\n| ");
  const std::string value = option.value_name.empty() ? "" : " " + std::string(option.value_name);
  page += option.kind == OptionKind::secret ? "none" : code(flag_of(option) + value);
  page += " | ";
  page += option.kind == OptionKind::command ? "none" : code(environment_name_of(option));
  page += " | ";
  page += option.kind == OptionKind::command ? "none" : code(option.key);
  page += " | " + default_of(option) + " |\n\n";
}

}  // namespace

std::string options_page() {
  std::string page(kIntroduction);
  for (const auto& option : options()) add_section(page, option);
  page.pop_back();
  return page;
}

}  // namespace cardea::service
