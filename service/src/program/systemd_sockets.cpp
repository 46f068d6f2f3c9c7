#include <unistd.h>

#include <cardea/service/program/systemd_sockets.hpp>
#include <charconv>

namespace cardea::service {
namespace {

constexpr int kFirst = 3;  // SD_LISTEN_FDS_START

// 0: it is not there, or no number.
int number_in(const Texts& environment, std::string_view name) {
  const auto found = environment.find(name);
  if (found == environment.end()) return 0;
  int number = 0;
  const auto& text = found->second;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() ? number : 0;
}

}  // namespace

Result<std::vector<int>> systemd_sockets(const Texts& environment) {
  const int count = number_in(environment, "LISTEN_FDS");
  if (count < 1 || count > 1024 || number_in(environment, "LISTEN_PID") != ::getpid()) {
    return failure(
        ErrorCode::configuration_invalid,
        PublicText{"listen: systemd has handed over no sockets; start the .socket unit, or write an address"});
  }
  std::vector<int> sockets;
  for (int i = 0; i < count; ++i) sockets.push_back(kFirst + i);
  return sockets;
}

}  // namespace cardea::service
