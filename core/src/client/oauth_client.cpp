#include <cardea/core/client/oauth_client.hpp>
#include <utility>

namespace cardea {

std::string_view name_of(ClientKind kind) noexcept {
  switch (kind) {
    case ClientKind::confidential_client: return "confidential";
    case ClientKind::public_client: return "public";
  }
  std::unreachable();
}

Result<ClientKind> parse_client_kind(std::string_view text) {
  for (const auto kind : {ClientKind::confidential_client, ClientKind::public_client}) {
    if (text == name_of(kind)) return kind;
  }
  return failure(ErrorCode::store_corrupt);
}

}  // namespace cardea
