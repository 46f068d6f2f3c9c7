#include <algorithm>
#include <array>
#include <cardea/service/wiring/configured_secret.hpp>

namespace cardea::service {
namespace {

// Examples from jwt.io, FastAPI's tutorial and Spring's; each long enough to pass for a secret.
constexpr std::array<std::string_view, 5> kPublished{
    "09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7",
    "a-string-secret-at-least-256-bits-long",
    "your-256-bit-secret-your-256-bit-secret",
    "404e635266556a586e3272357538782f413f4428472b4b6250645367566b5970",
    "a-valid-string-secret-that-is-at-least-512-bits-long-which-is-very-long",
};

constexpr std::array<std::string_view, 8> kTellTale{"change-me",  "changeme",    "change_me",  "change-this",
                                                    "changethis", "your-secret", "yoursecret", "replace-me"};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Empty: the secret is a good one.
std::string weakness_of(const Secret& secret, Algorithm algorithm) {
  const auto least = hash_size_of(algorithm);
  if (is_placeholder(secret)) return "is a placeholder that everybody knows";
  if (secret.size() >= least) return {};
  return "has " + std::to_string(secret.size()) + " bytes, and " + std::string(name_of(algorithm)) + " needs " +
         std::to_string(least) + " or more";
}

std::unexpected<Error> refused(std::string sentence, PrivateText for_log = {}) {
  return failure(ErrorCode::configuration_invalid, PublicText{std::move(sentence)}, std::move(for_log));
}

}  // namespace

bool is_placeholder(const Secret& secret) {
  std::string text(secret.expose());
  std::ranges::transform(text, text.begin(), lower);
  const bool published = std::ranges::find(kPublished, text) != kPublished.end();
  const bool tell_tale = std::ranges::any_of(kTellTale, [&](std::string_view part) { return text.contains(part); });
  const bool one_byte = std::ranges::all_of(text, [&](char c) { return c == text.front(); });
  wipe(text);
  return published || tell_tale || (one_byte && !secret.empty());
}

Result<ConfiguredSecret> configured_secret_of(const Config& config) {
  const auto& secret = *config.jwt_secret;
  const auto algorithm = config.signing_algorithm;
  if (!is_symmetric(algorithm)) {
    return refused("jwt_secret: signs nothing by " + std::string(name_of(algorithm)) +
                   "; leave it out, or set signing_algorithm to HS256, HS384 or HS512");
  }
  const auto weakness = weakness_of(secret, algorithm);
  if (!weakness.empty() && !config.demo) {
    return refused("jwt_secret: " + weakness + "; write random bytes, such as `openssl rand -base64 48` gives");
  }
  const bool weak = !weakness.empty() && !secret.empty();
  auto key = weak ? HmacKey::from_short_secret_for_demonstration_only(secret, algorithm)
                  : HmacKey::from_secret(secret, algorithm);
  if (!key) {
    return refused("jwt_secret: cannot be an HMAC secret; write 32 or more random bytes, not a PEM or JWK key",
                   PrivateText{std::string(key.error().private_text())});
  }
  return ConfiguredSecret{*std::move(key), weak ? "jwt_secret " + weakness : ""};
}

}  // namespace cardea::service
