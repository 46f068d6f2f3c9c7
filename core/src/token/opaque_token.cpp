#include <sodium.h>

#include <algorithm>
#include <cardea/core/base/base64url.hpp>
#include <cardea/core/token/opaque_token.hpp>
#include <span>

#include <cardea/core/base/random_bytes.hpp>

namespace cardea {
namespace {

std::string_view view_of(std::span<const unsigned char> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

void update(crypto_hash_sha256_state& state, std::string_view text) {
  crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(text.data()), text.size());
}

}  // namespace

std::string digest_of(const Secret& secret) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  const auto text = secret.expose();
  crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size());
  return to_base64url(view_of(digest));
}

std::array<char, OpaqueToken::kChecksumSize> OpaqueToken::checksum_of(std::string_view payload) const {
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  update(state, prefix_);
  update(state, payload);
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256_final(&state, digest.data());
  std::array<char, kChecksumSize> checksum{};
  std::copy_n(digest.begin(), checksum.size(), checksum.begin());
  return checksum;
}

Secret OpaqueToken::make() const { return write(Secret{random_bytes(size_)}); }

Secret OpaqueToken::write(const Secret& payload) const {
  const auto checksum = checksum_of(payload.expose());
  std::string bytes;
  bytes.reserve(size_ + checksum.size());
  bytes.append(payload.expose()).append(checksum.begin(), checksum.end());
  const Secret wiped{std::move(bytes)};
  std::string text;
  text.reserve(prefix_.size() + base64url_size_of(wiped.size()));
  text += prefix_;
  append_base64url(text, wiped.expose());
  return Secret{std::move(text)};
}

std::optional<Secret> OpaqueToken::read(std::string_view text) const {
  if (text.size() != prefix_.size() + base64url_size_of(size_ + kChecksumSize)) return std::nullopt;
  if (!text.starts_with(prefix_)) return std::nullopt;
  auto bytes = from_base64url(text.substr(prefix_.size()));
  if (!bytes) return std::nullopt;
  const Secret wiped{*std::move(bytes)};
  const auto payload = wiped.expose().substr(0, size_);
  const auto checksum = checksum_of(payload);
  if (!std::ranges::equal(checksum, wiped.expose().substr(size_))) return std::nullopt;
  return Secret::copy_of(payload);
}

}  // namespace cardea
