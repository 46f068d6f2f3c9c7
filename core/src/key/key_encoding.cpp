#include "key/key_encoding.hpp"

#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>

#include <cstdint>
#include <optional>

namespace cardea {
namespace {

constexpr std::string_view kPublic = "PUBLIC KEY", kPrivate = "PRIVATE KEY", kEncrypted = "ENCRYPTED PRIVATE KEY";
constexpr std::size_t kLongestPem = 64 * 1024;

std::unexpected<Error> unusable(std::string why) {
  return failure(ErrorCode::key_unusable, PrivateText{std::move(why)});
}

struct PemBlock {
  std::string label;
  Secret der;
};

openssl::Bio reader_of(std::string_view text) {
  return openssl::Bio{BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))};
}

// The next block; empty if there is none.
std::optional<PemBlock> next_block(BIO* in) {
  char* label = nullptr;
  char* header = nullptr;
  unsigned char* data = nullptr;
  long size = 0;
  if (PEM_read_bio(in, &label, &header, &data, &size) != 1) return std::nullopt;
  PemBlock block{label, Secret::copy_of({reinterpret_cast<const char*>(data), static_cast<std::size_t>(size)})};
  // An older way to encrypt, which derives its key by one MD5.
  if (*header != '\0') block.label = "encrypted " + block.label;
  OPENSSL_free(label);
  OPENSSL_free(header);
  OPENSSL_clear_free(data, static_cast<std::size_t>(size));
  return block;
}

Result<PemBlock> only_block(std::string_view pem) {
  if (pem.size() > kLongestPem) return unusable("the PEM text is over 64 KiB");
  const auto in = reader_of(pem);
  auto block = next_block(in.get());
  if (!block) return unusable("the text is no PEM block");
  if (next_block(in.get())) return unusable("the text has more than one PEM block");
  return *std::move(block);
}

std::unexpected<Error> wrong_label(const std::string& label, std::string_view wanted) {
  std::string why = "the PEM block is " + label + ", not " + std::string(wanted);
  if (label.ends_with(kPrivate))
    why += wanted == kPublic ? "; `openssl pkey -pubout` gives that" : "; `openssl pkcs8 -topk8` converts it";
  if (label == "CERTIFICATE") why += "; `openssl x509 -pubkey -noout` gives the key in it";
  return unusable(std::move(why));
}

// Runs an OpenSSL reader over all of the bytes: what is behind them is an error, too.
template <class Owner, class Read>
Owner read_all(std::string_view der, Read read) {
  const auto* at = openssl::bytes_of(der.data());
  const auto* const end = at + der.size();
  Owner value{read(nullptr, &at, static_cast<long>(der.size()))};
  if (at != end) value.reset();
  return value;
}

using Pkcs8 = std::unique_ptr<PKCS8_PRIV_KEY_INFO, openssl::Free<PKCS8_PRIV_KEY_INFO_free>>;
using EncryptedPkcs8 = std::unique_ptr<X509_SIG, openssl::Free<X509_SIG_free>>;

Result<openssl::Key> key_of(const Pkcs8& pkcs8) {
  if (!pkcs8) return unusable("the bytes are no PKCS #8 key");
  openssl::Key key{EVP_PKCS82PKEY(pkcs8.get())};
  if (!key) return unusable("OpenSSL cannot read the key");
  return key;
}

Result<openssl::Key> decrypted(std::string_view der, const Secret& passphrase) {
  if (passphrase.empty()) return unusable("the key is encrypted, and there is no passphrase");
  const auto sealed = read_all<EncryptedPkcs8>(der, d2i_X509_SIG);
  if (!sealed) return unusable("the bytes are no encrypted PKCS #8 key");
  const auto text = passphrase.expose();
  const Pkcs8 pkcs8{PKCS8_decrypt(sealed.get(), text.data(), static_cast<int>(text.size()))};
  if (!pkcs8) return unusable("the passphrase does not open the key");
  return key_of(pkcs8);
}

Secret bytes_in(const openssl::Bio& bio) {
  char* data = nullptr;
  const auto size = BIO_get_mem_data(bio.get(), &data);
  return Secret::copy_of({data, static_cast<std::size_t>(size)});
}

openssl::Bio writer() { return openssl::Bio{BIO_new(BIO_s_secmem())}; }

}  // namespace

Result<openssl::Key> public_key_from_pem(std::string_view pem) {
  const openssl::ErrorsCleared errors;
  const auto block = only_block(pem);
  if (!block) return failure(block.error());
  if (block->label != kPublic) return wrong_label(block->label, kPublic);
  auto key = read_all<openssl::Key>(block->der.expose(), d2i_PUBKEY);
  if (!key) return unusable("OpenSSL cannot read the key");
  return key;
}

Result<openssl::Key> private_key_from_pem(std::string_view pem, const Secret& passphrase) {
  const openssl::ErrorsCleared errors;
  const auto block = only_block(pem);
  if (!block) return failure(block.error());
  if (block->label == kEncrypted) return decrypted(block->der.expose(), passphrase);
  if (block->label != kPrivate) return wrong_label(block->label, kPrivate);
  return private_key_from_der(block->der.expose());
}

Result<openssl::Key> private_key_from_der(std::string_view der) {
  const openssl::ErrorsCleared errors;
  return key_of(read_all<Pkcs8>(der, d2i_PKCS8_PRIV_KEY_INFO));
}

Result<openssl::Key> public_half_of(const EVP_PKEY* key) {
  const openssl::ErrorsCleared errors;
  unsigned char* der = nullptr;
  const int size = i2d_PUBKEY(key, &der);
  if (size <= 0) return unusable("the key has no public half");
  const unsigned char* at = der;
  openssl::Key half{d2i_PUBKEY(nullptr, &at, size)};
  OPENSSL_free(der);
  if (!half) return unusable("OpenSSL cannot read the public half");
  return half;
}

std::string public_pem_of(const EVP_PKEY* key) {
  const auto out = writer();
  PEM_write_bio_PUBKEY(out.get(), key);
  return std::string(bytes_in(out).expose());
}

Secret private_pem_of(const EVP_PKEY* key) {
  const auto out = writer();
  PEM_write_bio_PKCS8PrivateKey(out.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
  return bytes_in(out);
}

Secret private_der_of(const EVP_PKEY* key) {
  const auto out = writer();
  i2d_PKCS8PrivateKey_bio(out.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
  return bytes_in(out);
}

// RFC 7914: OpenSSL's own default is PBKDF2 with 2048 rounds, which is too few to hold a guessable passphrase.
Result<Secret> encrypted_pem_of(const EVP_PKEY* key, const Secret& passphrase) {
  constexpr std::uint64_t kCost = 16384, kBlockSize = 8, kParallel = 1;
  const openssl::ErrorsCleared errors;
  if (passphrase.empty()) return unusable("the passphrase is empty");
  const Pkcs8 plain{EVP_PKEY2PKCS8(key)};
  X509_ALGOR* scheme = PKCS5_pbe2_set_scrypt(EVP_aes_256_cbc(), nullptr, 0, nullptr, kCost, kBlockSize, kParallel);
  const auto text = passphrase.expose();
  const EncryptedPkcs8 sealed{plain && scheme != nullptr
                                  ? PKCS8_set0_pbe(text.data(), static_cast<int>(text.size()), plain.get(), scheme)
                                  : nullptr};
  if (!sealed) {
    X509_ALGOR_free(scheme);
    return unusable("OpenSSL cannot encrypt the key");
  }
  const auto out = writer();
  PEM_write_bio_PKCS8(out.get(), sealed.get());
  return bytes_in(out);
}

}  // namespace cardea
