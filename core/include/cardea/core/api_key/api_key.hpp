// A long-lived key that a user makes for a script (a personal access token): it speaks for its owner, within its
// scopes.
#pragma once

#include <cardea/core/access/permission_set.hpp>
#include <cardea/core/account/user.hpp>
#include <cardea/core/api_key/api_key_id.hpp>
#include <cardea/core/api_key/api_key_name.hpp>
#include <cardea/core/base/clock.hpp>
#include <chrono>
#include <optional>

namespace cardea {

// The account, by both of the names that it keeps for ever.
struct ApiKeyOwner {
  UserId id;
  Username name;
  friend bool operator==(const ApiKeyOwner&, const ApiKeyOwner&) = default;
};

struct ApiKey {
  // How exactly the last use is known: of the uses within this time the first one alone is written down.
  static constexpr std::chrono::minutes kUseStep{1};

  ApiKeyId id;
  ApiKeyOwner owner;
  ApiKeyName name;
  PermissionSet scopes;
  Instant created_at{};
  Instant expires_at{};
  std::optional<Instant> last_used_at;
  std::optional<Instant> revoked_at;

  // From that very moment on.
  bool has_expired(Instant now) const noexcept { return now >= expires_at; }
  // Whether a use now is to be written down.
  bool shows_use_at(Instant now) const noexcept { return !last_used_at || *last_used_at + kUseStep <= now; }

  friend bool operator==(const ApiKey&, const ApiKey&) = default;
};

}  // namespace cardea
