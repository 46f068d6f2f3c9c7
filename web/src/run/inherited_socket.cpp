#include "run/inherited_socket.hpp"

#include <fcntl.h>
#include <sys/socket.h>

namespace cardea::web {
namespace {

// -1: it is no socket.
int option_of(int descriptor, int name) {
  int value = -1;
  socklen_t size = sizeof value;
  return ::getsockopt(descriptor, SOL_SOCKET, name, &value, &size) == 0 ? value : -1;
}

std::unexpected<Error> refused(const char* reason) {
  return failure(ErrorCode::configuration_invalid, PublicText{reason});
}

}  // namespace

Result<StreamProtocol> adopt_inherited(int descriptor) {
  const int type = option_of(descriptor, SO_TYPE);
  if (type == -1) return refused("it is no open socket");
  if (type != SOCK_STREAM) return refused("it is no stream socket; write ListenStream= in the .socket unit");
  if (option_of(descriptor, SO_ACCEPTCONN) != 1)
    return refused("it does not listen; write Accept=no in the .socket unit");
  const int family = option_of(descriptor, SO_DOMAIN);
  if (family != AF_INET && family != AF_INET6 && family != AF_UNIX)
    return refused("it is neither of TCP nor a Unix socket");
  if (::fcntl(descriptor, F_SETFD, FD_CLOEXEC) != 0) return refused("it cannot be used");
  return StreamProtocol(family, option_of(descriptor, SO_PROTOCOL));
}

}  // namespace cardea::web
