// The file that holds the master keys (cardea/core/key/master_key.hpp), beside the database and not in it.
#pragma once

#include <cardea/core/key/master_key.hpp>
#include <filesystem>

namespace cardea::service {

// Errors of all of these, with a public text that names the file, the problem and the fix: master_key_unusable when
// the file is missing or is not what `write` writes; file_unusable when it cannot be read or written, or others can
// read it.
class MasterKeyFile {
 public:
  static MasterKeyFile at(std::filesystem::path path) { return MasterKeyFile{std::move(path)}; }

  const std::filesystem::path& path() const noexcept { return path_; }

  // True also where that cannot be seen: a master key is never taken for missing by mistake.
  bool exists() const;

  // For a database that has keys: nothing is made.
  Result<MasterKeys> read() const;

  // For a database that has none yet. Of many who make it at once, one does, and the others read what it made.
  Result<MasterKeys> read_or_make() const;

  // In the place of what is there, whole and durable.
  Done write(const MasterKeys& keys) const;

 private:
  explicit MasterKeyFile(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
};

}  // namespace cardea::service
