// Tells systemd, or whoever else watches over the process, how it is: sd_notify(3).
#pragma once

#include <cardea/service/config/load_config.hpp>
#include <string>

namespace cardea::service {

class SystemdNotifier {
 public:
  // By $NOTIFY_SOCKET; without it there is nobody to tell.
  explicit SystemdNotifier(const Texts& environment);

  // Nobody waits for these, and nothing depends on whether they are heard.
  void ready() const noexcept;
  void reloading() const noexcept;
  void stopping() const noexcept;

 private:
  void tell(const std::string& state) const noexcept;

  std::string address_;  // a file, or with @ in front a name of the abstract namespace; empty: nobody
};

}  // namespace cardea::service
