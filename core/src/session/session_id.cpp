#include <cardea/core/base/base64url.hpp>
#include <cardea/core/base/random_bytes.hpp>
#include <cardea/core/session/session_id.hpp>

namespace cardea {
namespace {

constexpr std::size_t kSize = 16;

}  // namespace

SessionId SessionId::random() {
  auto text = to_base64url(random_bytes(kSize));
  while (text.starts_with('-')) text = to_base64url(random_bytes(kSize));
  return SessionId{std::move(text)};
}

Result<SessionId> SessionId::parse(std::string_view text) {
  const auto bytes = from_base64url(text);
  if (!bytes || bytes->size() != kSize) return failure(ErrorCode::session_not_found);
  return SessionId{std::string(text)};
}

}  // namespace cardea
