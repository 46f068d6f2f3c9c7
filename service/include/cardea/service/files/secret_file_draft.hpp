// A file of mode 0600 that is written piece by piece, and gets its name when it is whole.
#pragma once

#include <cardea/core/base/result.hpp>
#include <filesystem>
#include <string>
#include <string_view>

namespace cardea::service {

// Errors: file_unusable, whose public text names the file and the problem.
class SecretFileDraft {
 public:
  // An empty file beside `path`, under a name that nobody else has; gone with the object.
  static Result<SecretFileDraft> begin(const std::filesystem::path& path);

  SecretFileDraft(SecretFileDraft&& other) noexcept;
  SecretFileDraft& operator=(SecretFileDraft&&) = delete;
  ~SecretFileDraft();

  Done write(std::string_view bytes);

  // The last call: makes what was written durable, under the name `path`. False: there is such a file already, which is
  // left as it is.
  Result<bool> create();
  // The same, in the place of what may be there already.
  Done replace();

 private:
  SecretFileDraft(std::filesystem::path path, std::string name, int descriptor)
      : path_(std::move(path)), name_(std::move(name)), descriptor_(descriptor) {}
  Done sync() const;

  std::filesystem::path path_;
  std::string name_;  // empty: it has another one, or is another object's
  int descriptor_;    // negative: likewise another object's
};

}  // namespace cardea::service
