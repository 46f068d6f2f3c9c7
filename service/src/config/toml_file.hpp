// The TOML file as texts by key; which keys there are is not its knowledge.
#pragma once

#include <cardea/service/config/load_config.hpp>

namespace cardea::service {

struct TomlFile {
  Texts texts;
  bool others_can_read = false;
};

// Texts, whole numbers and booleans at the top level of at most 64 KiB. Errors: file_unusable (cannot be read),
// configuration_invalid (not TOML, or a value of another kind), each with one line that names the file and the place.
Result<TomlFile> read_toml_file(const std::filesystem::path& path);

}  // namespace cardea::service
