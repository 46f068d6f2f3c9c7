// The text of an API key, which only its owner has: "cardea_pat_" and 48 characters, the last ones of them a checksum
// (cardea/core/token/opaque_token.hpp), so that a scanner of sources and logs can tell a leaked one from noise.
#pragma once

#include <cardea/core/base/secret.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace cardea {

inline constexpr std::string_view kApiKeyPrefix = "cardea_pat_";

// A new one of 256 random bits.
Secret new_api_key_text();

// Whether a bearer token says that it is one, damaged ones included. No JWT does.
bool says_it_is_an_api_key(std::string_view token) noexcept;

// By which a store finds the key. Empty for text that is none: damaged, cut off, of another kind.
std::optional<std::string> api_key_digest_of(std::string_view text);

}  // namespace cardea
