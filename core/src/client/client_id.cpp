#include <cardea/core/base/base64url.hpp>
#include <cardea/core/base/random_bytes.hpp>
#include <cardea/core/client/client_id.hpp>

namespace cardea {
namespace {

constexpr std::size_t kRandomBytes = 16;

}  // namespace

ClientId ClientId::generate() { return ClientId{std::string(kPrefix) + to_base64url(random_bytes(kRandomBytes))}; }

Result<ClientId> ClientId::parse(std::string_view text) {
  const bool fits = text.size() == kPrefix.size() + base64url_size_of(kRandomBytes) && text.starts_with(kPrefix);
  if (!fits || !from_base64url(text.substr(kPrefix.size()))) return failure(ErrorCode::client_not_found);
  return ClientId{std::string(text)};
}

}  // namespace cardea
