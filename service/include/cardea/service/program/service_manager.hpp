// Whoever watches over the process and wants to know how it is: systemd, by sd_notify(3).
#pragma once

#include <cardea/service/config/load_config.hpp>
#include <string>

namespace cardea::service {

class ServiceManager {
 public:
  // By $NOTIFY_SOCKET; without it there is nobody to tell.
  explicit ServiceManager(const Texts& environment);

  // Nobody waits for these, and nothing depends on whether they are heard.
  void ready() const noexcept;
  void reloading() const noexcept;
  void stopping() const noexcept;

 private:
  void tell(const std::string& state) const noexcept;

  std::string address_;  // a file, or with @ in front a name of the abstract namespace; empty: nobody
};

}  // namespace cardea::service
