// A program that gets tokens of its own (RFC 6749 section 2), as everyone but the authenticator sees it: without the
// digest of its secret.
#pragma once

#include <cardea/core/access/permission_set.hpp>
#include <cardea/core/base/clock.hpp>
#include <cardea/core/client/client_id.hpp>
#include <cardea/core/client/client_name.hpp>
#include <optional>

namespace cardea {

// A confidential client can keep a secret, and has one; a public one (a page, an app in a store) cannot, and has none
// (RFC 6749 section 2.1).
enum class ClientKind : unsigned char { confidential_client, public_client };

std::string_view name_of(ClientKind kind) noexcept;           // "confidential", "public"
Result<ClientKind> parse_client_kind(std::string_view text);  // Error: store_corrupt

struct OAuthClient {
  ClientId id;
  ClientName name;
  ClientKind kind = ClientKind::confidential_client;
  PermissionSet scopes;  // the most that its tokens may allow
  Instant created_at{};
  std::optional<Instant> disabled_at;

  bool is_enabled() const noexcept { return !disabled_at; }
  friend bool operator==(const OAuthClient&, const OAuthClient&) = default;
};

}  // namespace cardea
