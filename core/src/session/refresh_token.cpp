#include <cardea/core/session/refresh_token.hpp>
#include <cardea/core/token/opaque_token.hpp>

namespace cardea {
namespace {

constexpr std::size_t kGenerationSize = 4;
constexpr OpaqueToken kFormat{"cardea_rt_", RefreshToken::kHandleSize + kGenerationSize + RefreshToken::kSecretSize};

void append_big_endian(std::string& out, std::uint32_t number) {
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(number >> shift & 0xFFU);
}

std::uint32_t read_big_endian(std::string_view bytes) {
  std::uint32_t number = 0;
  for (const char byte : bytes) number = number << 8U | static_cast<unsigned char>(byte);
  return number;
}

}  // namespace

std::optional<RefreshToken> RefreshToken::parse(std::string_view text) {
  const auto payload = kFormat.read(text);
  if (!payload) return std::nullopt;
  const auto bytes = payload->expose();
  return RefreshToken{.handle = Secret::copy_of(bytes.substr(0, kHandleSize)),
                      .generation = read_big_endian(bytes.substr(kHandleSize, kGenerationSize)),
                      .secret = Secret::copy_of(bytes.substr(kHandleSize + kGenerationSize))};
}

Secret RefreshToken::text() const {
  std::string payload;
  payload.reserve(kHandleSize + kGenerationSize + kSecretSize);
  payload += handle.expose();
  append_big_endian(payload, generation);
  payload += secret.expose();
  return kFormat.write(Secret{std::move(payload)});
}

}  // namespace cardea
