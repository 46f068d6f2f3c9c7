// Files as the service uses them: small, read whole, and the secret ones for their owner only.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cardea/core/base/secret.hpp>
#include <cstddef>
#include <filesystem>
#include <string>

namespace cardea::service {

// All of these fail with file_unusable, whose public text names the file, the problem and what to do.

struct FileContent {
  std::string bytes;
  bool others_can_read = false;  // the group, the world, or who else an access control list names
};

// Regular files and pipes of at most `limit` bytes.
Result<FileContent> read_file(const std::filesystem::path& path, std::size_t limit);

// As read_file, without one final newline; refuses a file that the group or the world can read.
Result<Secret> read_secret_file(const std::filesystem::path& path, std::size_t limit);

// Makes the file with mode 0600, whole and durable, or not at all: a reader never sees half of it. False: there is such
// a file already, which is left as it is.
Result<bool> create_secret_file(const std::filesystem::path& path, const Secret& content);

// The same, in the place of what may be there already: a reader sees the old content or the new one, and so does who
// reads after a power cut. A link is itself replaced, not what it points to.
Done replace_secret_file(const std::filesystem::path& path, const Secret& content);

}  // namespace cardea::service
