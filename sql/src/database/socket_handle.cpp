#include "database/socket_handle.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <utility>

namespace cardea::sql {

SocketHandle SocketHandle::of(int socket) noexcept {
  SocketHandle handle;
  handle.duplicate_ = ::fcntl(socket, F_DUPFD_CLOEXEC, 0);
  return handle;
}

SocketHandle::SocketHandle(SocketHandle&& other) noexcept : duplicate_(std::exchange(other.duplicate_, -1)) {}

SocketHandle& SocketHandle::operator=(SocketHandle&& other) noexcept {
  std::swap(duplicate_, other.duplicate_);
  return *this;
}

SocketHandle::~SocketHandle() {
  if (duplicate_ >= 0) ::close(duplicate_);
}

void SocketHandle::shut_down() const noexcept {
  if (duplicate_ >= 0) ::shutdown(duplicate_, SHUT_RDWR);
}

bool SocketHandle::has_something_to_read() const noexcept {
  if (duplicate_ < 0) return false;
  pollfd waiting{.fd = duplicate_, .events = POLLIN, .revents = 0};
  return ::poll(&waiting, 1, 0) != 0;
}

}  // namespace cardea::sql
