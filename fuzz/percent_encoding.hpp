// Percent-encoding of every octet (RFC 3986 section 2.1), written apart from the code that decodes it.
#pragma once

#include <string>
#include <string_view>

namespace cardea::fuzz {

inline std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    out += {'%', kDigits[octet / 16], kDigits[octet % 16]};
  }
  return out;
}

}  // namespace cardea::fuzz
