// The opaque text that a client exchanges for the next pair of tokens.
//
// It says which session's it is by a handle that is in no other text (so that whoever knows a session's id can make
// nothing of it), which of the session's tokens it is by its generation, and proves that by 256 random bits. A store
// has digests of the handle and of these bits only.
#pragma once

#include <cardea/core/base/secret.hpp>
#include <cstdint>
#include <optional>
#include <string_view>

namespace cardea {

struct RefreshToken {
  static constexpr std::size_t kHandleSize = 16;
  static constexpr std::size_t kSecretSize = 32;

  Secret handle;
  std::uint32_t generation = 0;
  Secret secret;

  // Empty for text that is none, or none any more: damaged, cut off, of another kind.
  static std::optional<RefreshToken> parse(std::string_view text);

  // "cardea_rt_" and 75 characters.
  Secret text() const;
};

}  // namespace cardea
