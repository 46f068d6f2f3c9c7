// Finds the end of a head in bytes that arrive in pieces, and looks at each byte once.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cstddef>
#include <optional>
#include <string_view>

namespace cardea::web {

class HeadScanner {
 public:
  // `bytes` holds everything since the head's first byte, more with every call. Gives the head's length, its final
  // empty line included; none while that has not come. Error: invalid_request as soon as a line ends with LF alone, or
  // when the first byte cannot begin a request (as that of a TLS handshake).
  Result<std::optional<std::size_t>> scan(std::string_view bytes);

  void reset() noexcept { *this = {}; }

 private:
  std::size_t searched_ = 0;
  std::size_t line_start_ = 0;
};

}  // namespace cardea::web
