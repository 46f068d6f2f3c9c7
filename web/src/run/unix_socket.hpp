// A Unix socket that listens under a name in the file system.
#pragma once

#include <sys/types.h>

#include <cardea/core/base/result.hpp>
#include <string>

namespace cardea::web {

class UnixSocket {
 public:
  // With mode 0660: its owner and group may connect. A socket that nobody listens on any more is replaced. Error:
  // configuration_invalid, with the reason alone ("somebody else listens there; …").
  static Result<UnixSocket> listen(const std::string& path);

  UnixSocket(UnixSocket&& other) noexcept;
  UnixSocket& operator=(UnixSocket&&) = delete;
  // Takes the name away, unless it is another's by now.
  ~UnixSocket();

  int descriptor() const noexcept { return descriptor_; }
  // Copies of the descriptor go on. While one is open, clients are let into the backlog.
  void close() noexcept;

 private:
  UnixSocket(int descriptor, std::string path) noexcept;

  int descriptor_;
  std::string path_;
  dev_t device_ = 0;
  ino_t node_ = 0;
};

}  // namespace cardea::web
