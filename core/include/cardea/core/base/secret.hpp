// Bytes that must not leak: wiped when they go, never printed, never compared by ==, copied only by name.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace cardea {

class Secret {
 public:
  Secret() = default;
  // Takes the text over and wipes the source, its small-string buffer included.
  explicit Secret(std::string&& text) noexcept;
  static Secret copy_of(std::string_view text);

  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret();

  Secret clone() const { return copy_of(bytes_); }

  // The one way to the bytes; a review greps for it. The view lives no longer than the secret.
  std::string_view expose() const noexcept { return bytes_; }
  std::size_t size() const noexcept { return bytes_.size(); }
  bool empty() const noexcept { return bytes_.empty(); }

 private:
  std::string bytes_;
};

// In constant time for equal lengths; the lengths themselves are not hidden.
bool equal_in_constant_time(std::string_view a, std::string_view b) noexcept;

// Overwrites in a way that the compiler does not remove.
void wipe(std::string& text) noexcept;

}  // namespace cardea
