// The configuration file: what is wrong is one sentence in one line, and what is right says where each value is from.
#include <sys/mman.h>
#include <unistd.h>

#include <cardea/core/base/json_text.hpp>
#include <cardea/service/config/load_config.hpp>
#include <string>

#include "fuzzers.hpp"
#include "property.hpp"

namespace cardea::fuzz {
namespace {

// A file that is nowhere, with these bytes.
class FileInMemory {
 public:
  explicit FileInMemory(std::string_view bytes) : descriptor_(::memfd_create("config", MFD_CLOEXEC)) {
    require(descriptor_ >= 0 && ::write(descriptor_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()),
            "there is a file");
  }
  ~FileInMemory() { ::close(descriptor_); }
  FileInMemory(const FileInMemory&) = delete;
  FileInMemory& operator=(const FileInMemory&) = delete;

  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

 private:
  int descriptor_;
};

}  // namespace

void config(std::string_view text) {
  const FileInMemory file{text};
  const auto loaded = service::load_config({.flags = {}, .environment = {}, .file = file.path()});
  if (loaded) {
    for (const auto& setting : loaded->settings) {
      require(setting.option != nullptr, "each setting is of an option");
      require(setting.source == service::ConfigSource::file || setting.source == service::ConfigSource::default_value,
              "there is nowhere else that it could be from");
    }
    return;
  }
  const auto sentence = loaded.error().public_text();
  const bool is_named =
      loaded.error().code() == ErrorCode::configuration_invalid || loaded.error().code() == ErrorCode::file_unusable;
  require(is_named, "what is wrong is the configuration, or its file");
  require(!sentence.empty() && sentence.find_first_of("\r\n") == std::string_view::npos, "it is said in one line");
  require(is_utf8(sentence), "and as text");
}

}  // namespace cardea::fuzz
