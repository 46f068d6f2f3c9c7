#include <unistd.h>

#include <algorithm>
#include <cardea/service/config/load_config.hpp>

#include <cardea/service/files/systemd_credential.hpp>

#include "config/nearest_name.hpp"
#include "config/toml_file.hpp"

namespace cardea::service {
namespace {

constexpr std::string_view kPrefix = "CARDEA_", kConfigVariable = "CARDEA_CONFIG";

std::unexpected<Error> invalid(std::string sentence) {
  return failure(ErrorCode::configuration_invalid, PublicText{std::move(sentence)});
}

bool has(const Option& option, ConfigSource source) {
  return option.kind == OptionKind::plain || (option.kind == OptionKind::command) == (source == ConfigSource::flag);
}

// As a person would write it in that source; a default has only its key.
std::string written_name(const Option& option, ConfigSource source) {
  switch (source) {
    case ConfigSource::environment: return environment_name_of(option);
    case ConfigSource::flag: return flag_of(option);
    case ConfigSource::file:
    case ConfigSource::default_value: return std::string(option.key);
  }
  std::unreachable();
}

// An option that this source cannot have, or a name that no option has.
std::unexpected<Error> unknown(std::string_view name, const Option* option, ConfigSource source) {
  if (option != nullptr) {
    const auto right = option->kind == OptionKind::secret ? ConfigSource::environment : ConfigSource::flag;
    return invalid(std::string(name) + ": cannot be given here; write " + written_name(*option, right) +
                   (right == ConfigSource::flag ? " on the command line" : " in the environment"));
  }
  std::vector<std::string> names;
  for (const auto& candidate : options()) {
    if (has(candidate, source)) names.push_back(written_name(candidate, source));
  }
  const auto nearest = nearest_name(name, names);
  if (nearest.empty()) return invalid(std::string(name) + ": is no option; `cardea config` lists those there are");
  return invalid(std::string(name) + ": is no option; did you mean " + std::string(nearest) + "?");
}

// Of UTF-8: ends with a whole character.
std::string_view beginning_of(std::string_view text, std::size_t most) {
  const auto is_inside_a_character = [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; };
  if (text.size() <= most) return text;
  while (most > 0 && is_inside_a_character(text[most])) --most;
  return text.substr(0, most);
}

// Control characters would make more than the one line of it.
std::string in_quotes(std::string_view text) {
  const auto shown = beginning_of(text, 100);
  std::string result = "\"";
  for (const char c : shown) result += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
  return result + (shown.size() < text.size() ? "…\"" : "\"");
}

class Loader {
 public:
  Loader() {
    for (const auto& option : options()) loaded_.settings.push_back({&option, {}, ConfigSource::default_value});
  }

  Done apply(const Option& option, const std::string& text, ConfigSource source) {
    const bool hidden = option.kind == OptionKind::secret;
    const auto shown = option.masked == nullptr ? text : option.masked(text);
    if (auto set = option.set(loaded_.config, text); !set) {
      const auto& [problem, fix] = set.error();
      const auto name = written_name(option, source);
      return invalid(name + ": " + (hidden ? std::string("the value") : in_quotes(shown)) + " " + problem + "; " + fix);
    }
    auto& setting = loaded_.settings[static_cast<std::size_t>(&option - options().data())];
    setting.shown = hidden && !text.empty() ? "********" : shown;
    setting.source = source;
    return {};
  }

  Done apply_defaults() {
    for (const auto& option : options()) {
      if (option.default_text.empty()) continue;
      if (auto done = apply(option, std::string(option.default_text), ConfigSource::default_value); !done) return done;
    }
    return {};
  }

  Done apply_file(const std::filesystem::path& path) {
    const auto file = read_toml_file(path);
    if (!file) return failure(file.error());
    for (const auto& [key, text] : file->texts) {
      const auto* option = find_option(key);
      if (!option || !has(*option, ConfigSource::file)) {
        return unknown(key, option, ConfigSource::file);
      }
      if (option->kind == OptionKind::secret && file->others_can_read) {
        return invalid(key + ": stands in a file that others can read; run chmod 600 " + path.string());
      }
      if (auto done = apply(*option, text, ConfigSource::file); !done) return done;
    }
    return {};
  }

  Done apply_environment(const Texts& environment) {
    for (auto it = environment.lower_bound(kPrefix); it != environment.end() && it->first.starts_with(kPrefix); ++it) {
      const auto& [name, text] = *it;
      if (name == kConfigVariable) continue;
      const auto option = std::ranges::find_if(
          options(), [&](const Option& candidate) { return environment_name_of(candidate) == name; });
      if (option == options().end()) return unknown(name, nullptr, ConfigSource::environment);
      if (!has(*option, ConfigSource::environment)) return unknown(name, &*option, ConfigSource::environment);
      if (auto done = apply(*option, text, ConfigSource::environment); !done) return done;
    }
    return {};
  }

  Done apply_flags(const Texts& flags) {
    for (const auto& [key, text] : flags) {
      const auto* option = find_option(key);
      if (!option || !has(*option, ConfigSource::flag)) {
        return unknown(key, option, ConfigSource::flag);
      }
      if (auto done = apply(*option, text, ConfigSource::flag); !done) return done;
    }
    return {};
  }

  LoadedConfig take() && { return std::move(loaded_); }

 private:
  LoadedConfig loaded_;
};

std::optional<std::filesystem::path> file_of(const ConfigSources& sources) {
  if (sources.file) return sources.file;
  const auto named = sources.environment.find(kConfigVariable);
  if (named == sources.environment.end()) return std::nullopt;
  return named->second;
}

}  // namespace

std::string_view name_of(ConfigSource source) noexcept {
  switch (source) {
    case ConfigSource::default_value: return "default";
    case ConfigSource::file: return "file";
    case ConfigSource::environment: return "environment";
    case ConfigSource::flag: return "flag";
  }
  std::unreachable();
}

Result<LoadedConfig> load_config(const ConfigSources& sources) {
  Loader loader;
  if (auto done = loader.apply_defaults(); !done) return failure(done.error());
  if (const auto file = file_of(sources)) {
    if (auto done = loader.apply_file(*file); !done) return failure(done.error());
  }
  if (auto done = loader.apply_environment(sources.environment); !done) return failure(done.error());
  if (auto done = loader.apply_flags(sources.flags); !done) return failure(done.error());
  auto loaded = std::move(loader).take();
  loaded.config.master_key_credential = systemd_credential(sources.environment, "cardea.master-key");
  return loaded;
}

Texts process_environment() {
  Texts environment;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const auto equals = text.find('=');
    if (equals != std::string_view::npos) environment.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return environment;
}

}  // namespace cardea::service
