// How long to wait before another password is tried. Only failures count: of an account, of an address, and of an
// address on an account. Why so: docs/decisions/0011-login-throttle.md.
//
// In the memory of this process, of a fixed size, and forgotten at its end.
#pragma once

#include <cardea/core/base/clock.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace cardea {

// Thread-safe, and never waits for anything but its own locks.
class LoginThrottle {
 public:
  struct Limits {
    std::uint32_t free_failures = 10;             // without any delay; then 1 s, 2 s, 4 s ...
    std::chrono::seconds longest_delay{15 * 60};  // of an address, also on one account
    std::chrono::seconds longest_account_delay{
        30};                             // of an account, for addresses from which nobody has logged in to it
    std::chrono::minutes forgiving{15};  // the time in which one failure of each kind is forgotten
    std::chrono::days familiar{30};      // how long the address of a login stays familiar to its account
    std::size_t capacity = 32'768;       // how many accounts, addresses and pairs of them are remembered
  };

  LoginThrottle() : LoginThrottle(Limits{}) {}
  explicit LoginThrottle(const Limits& limits);
  ~LoginThrottle();
  LoginThrottle(const LoginThrottle&) = delete;
  LoginThrottle& operator=(const LoginThrottle&) = delete;

  // Empty: now. `account` is what was typed as a name, whether there is such an account or not. `address` is an IPv4
  // or IPv6 address, of which the network (/64) counts, or any other text. Attempts that wait are no failures.
  //
  // What has been asked at the same time on several threads has the same answer: as many attempts too many are let
  // through as check passwords at once.
  std::optional<std::chrono::seconds> delay(std::string_view account, std::string_view address, Instant now) const;

  void failed(std::string_view account, std::string_view address, Instant now);

  // Takes back what failed from this address on this account, and makes it familiar to it: delays of the address or of
  // the account count no more there, those of the address on this account do.
  void succeeded(std::string_view account, std::string_view address, Instant now);

 private:
  struct Tables;
  struct Keys;
  Keys keys_of(std::string_view account, std::string_view address) const;

  Limits limits_;
  std::unique_ptr<Tables> tables_;
};

}  // namespace cardea
