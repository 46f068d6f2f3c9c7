// Base16 (RFC 4648 section 8), written in lower case and read in either.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cardea {

std::string to_hex(std::string_view bytes);

// Empty for an odd number of characters or one that is no hexadecimal digit.
std::optional<std::string> from_hex(std::string_view text);

}  // namespace cardea
