#include <cardea/core/api_key/api_key_id.hpp>
#include <cardea/core/base/base64url.hpp>
#include <cardea/core/base/random_bytes.hpp>

namespace cardea {
namespace {

constexpr std::size_t kSize = 16;

}  // namespace

ApiKeyId ApiKeyId::random() { return ApiKeyId{to_base64url(random_bytes(kSize))}; }

Result<ApiKeyId> ApiKeyId::parse(std::string_view text) {
  const auto bytes = from_base64url(text);
  if (!bytes || bytes->size() != kSize) return failure(ErrorCode::api_key_not_found);
  return ApiKeyId{std::string(text)};
}

}  // namespace cardea
