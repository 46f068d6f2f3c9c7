#include "run/unix_socket.hpp"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

namespace cardea::web {
namespace {

std::unexpected<Error> refused(std::string reason) {
  return failure(ErrorCode::configuration_invalid, PublicText{std::move(reason)});
}

std::unexpected<Error> refused_by_the_system() { return refused(std::generic_category().message(errno)); }

int open_socket() { return ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0); }

sockaddr_un address_of(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.data(), path.size());
  return address;
}

template <class Call>
int with_address(Call call, int descriptor, const std::string& path) {
  const auto address = address_of(path);
  return call(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address);
}

// Whether the name is free then. What is there is only taken away if it is a socket without a listener.
Done make_way(const std::string& path) {
  struct stat there{};
  if (::lstat(path.c_str(), &there) != 0) return {};
  if (!S_ISSOCK(there.st_mode)) return refused("there is a file of that name that is no socket; choose another name");
  const int probe = open_socket();
  if (probe < 0) return refused_by_the_system();
  const bool is_left_over = with_address(::connect, probe, path) != 0 && errno == ECONNREFUSED;
  ::close(probe);
  if (!is_left_over) return refused("somebody else listens there; stop that program, or choose another name");
  if (::unlink(path.c_str()) != 0) return refused_by_the_system();
  return {};
}

}  // namespace

UnixSocket::UnixSocket(int descriptor, std::string path) noexcept : descriptor_(descriptor), path_(std::move(path)) {}

UnixSocket::UnixSocket(UnixSocket&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      path_(std::exchange(other.path_, {})),
      device_(other.device_),
      node_(other.node_) {}

void UnixSocket::close() noexcept {
  if (const int descriptor = std::exchange(descriptor_, -1); descriptor >= 0) ::close(descriptor);
}

UnixSocket::~UnixSocket() {
  close();
  struct stat there{};
  if (node_ == 0 || path_.empty() || ::lstat(path_.c_str(), &there) != 0) return;
  if (there.st_dev == device_ && there.st_ino == node_) ::unlink(path_.c_str());
}

Result<UnixSocket> UnixSocket::listen(const std::string& path) {
  if (path.size() >= sizeof(sockaddr_un::sun_path)) return refused("the name is longer than 107 bytes");
  if (Done free = make_way(path); !free) return failure(std::move(free).error());
  UnixSocket socket(open_socket(), path);
  if (socket.descriptor_ < 0) return refused_by_the_system();
  if (::fchmod(socket.descriptor_, 0660) != 0) return refused_by_the_system();  // of the name, once it is bound
  if (with_address(::bind, socket.descriptor_, path) != 0) return refused_by_the_system();
  struct stat there{};
  if (::lstat(path.c_str(), &there) != 0) return refused_by_the_system();
  socket.device_ = there.st_dev;
  socket.node_ = there.st_ino;
  if (::chmod(path.c_str(), 0660) != 0) return refused_by_the_system();
  if (::listen(socket.descriptor_, SOMAXCONN) != 0) return refused_by_the_system();
  return socket;
}

}  // namespace cardea::web
