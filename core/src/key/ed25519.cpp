#include "key/ed25519.hpp"

#include "base/sodium_ready.hpp"

namespace cardea {

Ed25519Verifier::Ed25519Verifier(const EVP_PKEY* key) noexcept {
  make_sodium_ready();
  std::size_t size = public_key_.size();
  EVP_PKEY_get_raw_public_key(key, public_key_.data(), &size);
}

bool Ed25519Verifier::verifies(std::string_view message, std::string_view signature) const noexcept {
  return signature.size() == crypto_sign_BYTES &&
         crypto_sign_verify_detached(openssl::bytes_of(signature.data()), openssl::bytes_of(message.data()),
                                     message.size(), public_key_.data()) == 0;
}

Ed25519Signer::Ed25519Signer(const EVP_PKEY* key) noexcept {
  make_sodium_ready();
  std::array<unsigned char, crypto_sign_SEEDBYTES> seed{};
  std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> public_key{};
  std::size_t size = seed.size();
  EVP_PKEY_get_raw_private_key(key, seed.data(), &size);
  crypto_sign_seed_keypair(public_key.data(), private_key_.data(), seed.data());
  sodium_memzero(seed.data(), seed.size());
}

Ed25519Signer::~Ed25519Signer() { sodium_memzero(private_key_.data(), private_key_.size()); }

Result<Signature> Ed25519Signer::sign(std::string_view message) const noexcept {
  Signature signature;
  signature.size = crypto_sign_BYTES;
  crypto_sign_detached(openssl::bytes_of(signature.bytes.data()), nullptr, openssl::bytes_of(message.data()),
                       message.size(), private_key_.data());
  return signature;
}

}  // namespace cardea
