#include <cardea/core/api_key/api_key_text.hpp>
#include <cardea/core/token/opaque_token.hpp>

namespace cardea {
namespace {

constexpr std::size_t kSize = 32;
constexpr OpaqueToken kFormat{kApiKeyPrefix, kSize};

}  // namespace

Secret new_api_key_text() { return kFormat.make(); }

bool says_it_is_an_api_key(std::string_view token) noexcept { return token.starts_with(kApiKeyPrefix); }

std::optional<std::string> api_key_digest_of(std::string_view text) {
  const auto payload = kFormat.read(text);
  if (!payload) return std::nullopt;
  return digest_of(*payload);
}

}  // namespace cardea
