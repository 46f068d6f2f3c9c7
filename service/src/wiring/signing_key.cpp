#include <sys/random.h>

#include <algorithm>
#include <array>
#include <cardea/core/base/base64url.hpp>
#include <cardea/service/files/file.hpp>
#include <cardea/service/wiring/signing_key.hpp>
#include <stdexcept>

namespace cardea::service {
namespace {

constexpr std::size_t kLongestSecret = 4096;
constexpr std::size_t kGeneratedBytes = 64;  // enough for HS512

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

Secret random_secret() {
  std::string bytes(kGeneratedBytes, '\0');
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
    throw std::runtime_error("the system has no random bytes");
  }
  auto text = to_base64url(bytes);
  wipe(bytes);
  return Secret{std::move(text)};
}

// Somebody else may make the file at the same moment; then theirs counts.
Result<Secret> kept_secret(const Config& config, AbsentSecret absent) {
  const auto path = secret_file_of(config);
  if (!path) return random_secret();
  std::error_code ignored;
  if (!std::filesystem::exists(*path, ignored)) {
    if (absent == AbsentSecret::refuse) {
      return failure(
          ErrorCode::file_unusable,
          PublicText{path->string() + ": there is no secret yet; `cardea serve` makes one on its first start"});
    }
    auto secret = random_secret();
    auto made = create_secret_file(*path, secret);
    if (!made) return failure(std::move(made).error());
    if (*made) return secret;
  }
  return read_secret_file(*path, kLongestSecret);
}

// Empty: the secret is a good one.
std::string weakness_of(const Secret& secret, Algorithm algorithm) {
  const auto least = hash_size_of(algorithm);
  if (is_placeholder(secret)) return "is a placeholder that everybody knows";
  if (secret.size() >= least) return {};
  return "has " + std::to_string(secret.size()) + " bytes, and " + std::string(name_of(algorithm)) + " needs " +
         std::to_string(least) + " or more";
}

Result<LoadedSigningKey> key_of(const Secret& secret, const Config& config, const std::string& weakness) {
  const bool weak = !weakness.empty() && !secret.empty();
  auto key = weak ? HmacKey::from_short_secret_for_demonstration_only(secret, config.signing_algorithm)
                  : HmacKey::from_secret(secret, config.signing_algorithm);
  if (!key) {
    return failure(
        ErrorCode::configuration_invalid,
        PublicText{"jwt_secret: cannot be an HMAC secret; write 32 or more random bytes, not a PEM or JWK key"},
        PrivateText{std::string(key.error().private_text())});
  }
  return LoadedSigningKey{SigningKey{*std::move(key)}, weak ? "jwt_secret " + weakness : ""};
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

Result<LoadedSigningKey> load_signing_key(const Config& config, AbsentSecret absent) {
  if (config.jwt_secret) {
    const auto weakness = weakness_of(*config.jwt_secret, config.signing_algorithm);
    if (!weakness.empty() && !config.demo) {
      return failure(
          ErrorCode::configuration_invalid,
          PublicText{"jwt_secret: " + weakness + "; write random bytes, such as `openssl rand -base64 48` gives"});
    }
    return key_of(*config.jwt_secret, config, weakness);
  }
  const auto secret = kept_secret(config, absent);
  if (!secret) return failure(secret.error());
  if (secret->size() < hash_size_of(config.signing_algorithm)) {
    return failure(ErrorCode::file_unusable,
                   PublicText{secret_file_of(config)->string() + ": " + weakness_of(*secret, config.signing_algorithm) +
                              "; delete the file to have a new secret made, which ends every token"});
  }
  return key_of(*secret, config, {});
}

}  // namespace cardea::service
