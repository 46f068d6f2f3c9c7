#include <sodium.h>

#include <cardea/core/base/base64url.hpp>
#include <cardea/core/key/key_sealer.hpp>
#include <cstdint>
#include <optional>

#include "base/sodium_ready.hpp"

namespace cardea {
namespace {

constexpr char kVersion = 1;
constexpr std::size_t kNameBytes = 8;
constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t kHeaderBytes = 1 + kNameBytes + kNonceBytes;

constexpr std::string_view kNameContext = "cardea master key name";
constexpr std::string_view kSealContext = "cardea sealed key";

static_assert(MasterKeys::kKeyBytes == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

struct SealedParts {
  std::string name, nonce, ciphertext;  // the tag is the ciphertext's end
};

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

// Empty for what `seal` has not written.
std::optional<SealedParts> parts_of(std::string_view sealed) {
  const auto bytes = from_base64url(sealed);
  if (!bytes || bytes->size() < kHeaderBytes + kTagBytes || bytes->front() != kVersion) return std::nullopt;
  return SealedParts{bytes->substr(1, kNameBytes), bytes->substr(1 + kNameBytes, kNonceBytes),
                     bytes->substr(kHeaderBytes)};
}

// BLAKE2b keyed with the master key, cut to 8 bytes: whoever has the name has nothing of the key.
std::string name_of_master_key(const Secret& key) {
  std::string digest(crypto_generichash_BYTES, '\0');
  crypto_generichash(bytes_of(digest), digest.size(), bytes_of(kNameContext), kNameContext.size(),
                     bytes_of(key.expose()), key.size());
  digest.resize(kNameBytes);
  return digest;
}

// 4 bytes of length, most significant first, and the text.
void append_with_size(std::string& out, std::string_view text) {
  for (const unsigned shift : {24U, 16U, 8U, 0U}) {
    out += static_cast<char>(static_cast<unsigned char>(static_cast<std::uint32_t>(text.size()) >> shift));
  }
  out += text;
}

std::string associated_data(const KeyId& id, Algorithm algorithm) {
  std::string text;
  append_with_size(text, kSealContext);
  text += kVersion;
  append_with_size(text, name_of(algorithm));
  append_with_size(text, id.text());
  return text;
}

std::unexpected<Error> does_not_open(const KeyId& id, const std::string& problem) {
  return failure(ErrorCode::store_corrupt, PrivateText{"signing key " + std::string(id.text()) + ": " + problem});
}

}  // namespace

KeySealer::KeySealer(MasterKeys master_keys) : master_keys_(std::move(master_keys)) {
  make_sodium_ready();
  for (const auto& key : master_keys_.keys()) names_.push_back(name_of_master_key(key));
}

std::string KeySealer::seal(const KeyId& id, Algorithm algorithm, const Secret& material) const {
  std::string nonce(kNonceBytes, '\0');
  randombytes_buf(nonce.data(), nonce.size());
  std::string ciphertext(material.size() + kTagBytes, '\0');
  const auto associated = associated_data(id, algorithm);
  crypto_aead_xchacha20poly1305_ietf_encrypt(bytes_of(ciphertext), nullptr, bytes_of(material.expose()),
                                             material.size(), bytes_of(associated), associated.size(), nullptr,
                                             bytes_of(nonce), bytes_of(master_keys_.keys().front().expose()));
  return to_base64url(kVersion + names_.front() + nonce + ciphertext);
}

Result<Secret> KeySealer::open(const KeyId& id, Algorithm algorithm, std::string_view sealed) const {
  const auto parts = parts_of(sealed);
  if (!parts) return does_not_open(id, "the sealed text is malformed");
  const auto* const key = master_key_named(parts->name);
  if (key == nullptr) {
    return failure(ErrorCode::master_key_unusable,
                   PrivateText{"signing key " + std::string(id.text()) + ": sealed by another master key"});
  }
  std::string material(parts->ciphertext.size() - kTagBytes, '\0');
  const auto associated = associated_data(id, algorithm);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(bytes_of(material), nullptr, nullptr, bytes_of(parts->ciphertext),
                                                 parts->ciphertext.size(), bytes_of(associated), associated.size(),
                                                 bytes_of(parts->nonce), bytes_of(key->expose())) != 0) {
    return does_not_open(id, "the sealed text was changed, or belongs to another key");
  }
  return Secret{std::move(material)};
}

bool KeySealer::is_sealed_by_first(std::string_view sealed) const {
  const auto parts = parts_of(sealed);
  return parts && parts->name == names_.front();
}

const Secret* KeySealer::master_key_named(std::string_view name) const noexcept {
  for (std::size_t i = 0; i < names_.size(); ++i) {
    if (names_[i] == name) return &master_keys_.keys()[i];
  }
  return nullptr;
}

}  // namespace cardea
