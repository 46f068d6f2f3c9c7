#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cardea/service/program/systemd_notifier.hpp>
#include <cstddef>
#include <ctime>

namespace cardea::service {
namespace {

// Of CLOCK_MONOTONIC, in microseconds: what a manager compares the end of a reload with.
std::string monotonic_microseconds() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return std::to_string(now.tv_sec * 1'000'000 + now.tv_nsec / 1'000);
}

}  // namespace

SystemdNotifier::SystemdNotifier(const Texts& environment) {
  const auto found = environment.find("NOTIFY_SOCKET");
  if (found == environment.end() || found->second.size() >= sizeof(sockaddr_un::sun_path)) return;
  if (found->second.starts_with('/') || found->second.starts_with('@')) address_ = found->second;
}

void SystemdNotifier::ready() const noexcept { tell("READY=1"); }
void SystemdNotifier::reloading() const noexcept { tell("RELOADING=1\nMONOTONIC_USEC=" + monotonic_microseconds()); }
void SystemdNotifier::stopping() const noexcept { tell("STOPPING=1"); }

void SystemdNotifier::tell(const std::string& state) const noexcept {
  if (address_.empty()) return;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  address_.copy(address.sun_path, sizeof address.sun_path - 1);
  if (address_.front() == '@') address.sun_path[0] = '\0';
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + address_.size());
  const int socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (socket < 0) return;
  ::sendto(socket, state.data(), state.size(), MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(&address), size);
  ::close(socket);
}

}  // namespace cardea::service
