// From flags, environment, file and defaults to one Config, the first of them that says something about an option
// winning.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cardea/service/config/option.hpp>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cardea::service {

// Text by option key (flags, file) or by variable name (environment).
using Texts = std::map<std::string, std::string, std::less<>>;

struct ConfigSources {
  Texts flags;                                // by option key
  Texts environment;                          // by name; names without CARDEA_ in front are not looked at
  std::optional<std::filesystem::path> file;  // --config; none: CARDEA_CONFIG, or no file
};

enum class ConfigSource : unsigned char { default_value, file, environment, flag };

std::string_view name_of(ConfigSource source) noexcept;

// One option's value and where it came from.
struct Setting {
  const Option* option = nullptr;
  std::string shown;  // a secret is masked
  ConfigSource source = ConfigSource::default_value;
};

struct LoadedConfig {
  Config config;
  std::vector<Setting> settings;  // in the order of options()
};

// Error: configuration_invalid or file_unusable, with one line that names the key, the problem and the fix. Every value
// is checked, those that another source overrides too. No secret becomes part of an error.
Result<LoadedConfig> load_config(const ConfigSources& sources);

// The environment of this process.
Texts process_environment();

}  // namespace cardea::service
