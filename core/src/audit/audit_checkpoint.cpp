#include <sodium.h>

#include <algorithm>
#include <array>
#include <cardea/core/audit/audit_checkpoint.hpp>
#include <cardea/core/base/base64url.hpp>

#include "audit/field_list.hpp"
#include "base/sodium_ready.hpp"

namespace cardea {
namespace {

constexpr std::string_view kKeyContext = "cardea audit signing key 1";

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

struct KeyPair {
  Secret secret;
  std::string public_key;
};

// The seed is BLAKE2b keyed with the master key, of a text that nothing else is derived by.
KeyPair derived_from(const Secret& master_key) {
  std::array<unsigned char, crypto_sign_SEEDBYTES> seed{};
  crypto_generichash(seed.data(), seed.size(), bytes_of(kKeyContext), kKeyContext.size(), bytes_of(master_key.expose()),
                     master_key.size());
  std::string secret(crypto_sign_SECRETKEYBYTES, '\0');
  std::string public_key(crypto_sign_PUBLICKEYBYTES, '\0');
  crypto_sign_seed_keypair(bytes_of(public_key), bytes_of(secret), seed.data());
  sodium_memzero(seed.data(), seed.size());
  return {Secret{std::move(secret)}, to_base64url(public_key)};
}

std::string statement_text(AuditStatement statement, const AuditCheckpoint& checkpoint) {
  const auto form = statement == AuditStatement::ends_here ? "cardea-audit-checkpoint-1" : "cardea-audit-anchor-1";
  return field_list({form, std::to_string(checkpoint.head.sequence), checkpoint.head.hash, to_rfc3339(checkpoint.at),
                     checkpoint.signer});
}

}  // namespace

AuditSigner::AuditSigner(const MasterKeys& master_keys) {
  make_sodium_ready();
  for (const auto& master_key : master_keys.keys()) {
    auto pair = derived_from(master_key);
    if (public_keys_.empty()) signing_key_ = std::make_shared<const Secret>(std::move(pair.secret));
    public_keys_.push_back(std::move(pair.public_key));
  }
}

AuditCheckpoint AuditSigner::sign(AuditStatement statement, const AuditHead& head, Instant now) const {
  AuditCheckpoint checkpoint{.head = head, .at = now, .signer = public_key(), .signature = {}};
  const auto text = statement_text(statement, checkpoint);
  std::string signature(crypto_sign_BYTES, '\0');
  crypto_sign_detached(bytes_of(signature), nullptr, bytes_of(text), text.size(), bytes_of(signing_key_->expose()));
  checkpoint.signature = to_base64url(signature);
  return checkpoint;
}

bool AuditSigner::has_signed(AuditStatement statement, const AuditCheckpoint& checkpoint) const {
  if (std::ranges::find(public_keys_, checkpoint.signer) == public_keys_.end()) return false;
  const auto public_key = from_base64url(checkpoint.signer);
  const auto signature = from_base64url(checkpoint.signature);
  if (!public_key || !signature || signature->size() != crypto_sign_BYTES) return false;
  const auto text = statement_text(statement, checkpoint);
  return crypto_sign_verify_detached(bytes_of(*signature), bytes_of(text), text.size(), bytes_of(*public_key)) == 0;
}

}  // namespace cardea
