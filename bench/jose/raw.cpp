#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <sodium.h>

#include <array>
#include <cardea/core/base/base64url.hpp>
#include <memory>

#include "peers.hpp"

namespace cardea::bench {
namespace {

using Key = std::shared_ptr<EVP_PKEY>;
using Bytes = std::string;

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes_of(Bytes& text) { return reinterpret_cast<unsigned char*>(text.data()); }

const EVP_MD* digest_of(Algorithm algorithm) {
  if (algorithm == Algorithm::eddsa) return nullptr;
  const auto size = hash_size_of(algorithm);
  return size == 32 ? EVP_sha256() : size == 48 ? EVP_sha384() : EVP_sha512();
}

Key read_private(const std::string& pem) {
  BIO* in = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
  Key key{PEM_read_bio_PrivateKey(in, nullptr, nullptr, nullptr), EVP_PKEY_free};
  BIO_free(in);
  return key;
}

void set_padding(EVP_PKEY_CTX* context, Algorithm algorithm) {
  if (!name_of(algorithm).starts_with("PS")) return;
  EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING);
  EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST);
}

// The message is a token's: header, dot and claims.
std::string message_of(Algorithm algorithm) {
  return to_base64url(R"({"alg":")" + std::string(name_of(algorithm)) + R"("})") + '.' + to_base64url(kClaims);
}

// The primitive under the primitive: EVP_PKEY_verify over a digest. With a context that is kept; Ed25519 has none.
Peer raw_pair(Algorithm algorithm, const Key& key) {
  const auto sign = [algorithm, key, message = message_of(algorithm)] {
    const std::shared_ptr<EVP_MD_CTX> context{EVP_MD_CTX_new(), EVP_MD_CTX_free};
    EVP_PKEY_CTX* inner = nullptr;
    EVP_DigestSignInit(context.get(), &inner, digest_of(algorithm), nullptr, key.get());
    set_padding(inner, algorithm);
    Bytes signature(1024, '\0');
    std::size_t size = signature.size();
    EVP_DigestSign(context.get(), bytes_of(signature), &size, bytes_of(message), message.size());
    signature.resize(size);
    return signature;
  };
  const auto signature = std::make_shared<const Bytes>(sign());
  if (algorithm == Algorithm::eddsa) {
    return {sign, [key, message = message_of(algorithm), signature](std::string_view) {
              const std::shared_ptr<EVP_MD_CTX> context{EVP_MD_CTX_new(), EVP_MD_CTX_free};
              EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get());
              return EVP_DigestVerify(context.get(), bytes_of(*signature), signature->size(), bytes_of(message),
                                      message.size()) == 1;
            }};
  }
  const std::shared_ptr<EVP_PKEY_CTX> kept{EVP_PKEY_CTX_new(key.get(), nullptr), EVP_PKEY_CTX_free};
  EVP_PKEY_verify_init(kept.get());
  set_padding(kept.get(), algorithm);
  EVP_PKEY_CTX_set_signature_md(kept.get(), digest_of(algorithm));
  return {sign, [algorithm, kept, message = message_of(algorithm), signature](std::string_view) {
            std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
            unsigned size = 0;
            EVP_Digest(message.data(), message.size(), digest.data(), &size, digest_of(algorithm), nullptr);
            return EVP_PKEY_verify(kept.get(), bytes_of(*signature), signature->size(), digest.data(), size) == 1;
          }};
}

Peer raw_hmac(Algorithm algorithm, const std::string& secret) {
  const std::shared_ptr<EVP_MAC> mac{EVP_MAC_fetch(nullptr, "HMAC", nullptr), EVP_MAC_free};
  const std::shared_ptr<EVP_MAC_CTX> context{EVP_MAC_CTX_new(mac.get()), EVP_MAC_CTX_free};
  std::string digest = EVP_MD_get0_name(digest_of(algorithm));
  const std::array parameters{OSSL_PARAM_construct_utf8_string("digest", digest.data(), 0), OSSL_PARAM_construct_end()};
  EVP_MAC_init(context.get(), bytes_of(secret), secret.size(), parameters.data());
  const auto sign = [context, message = message_of(algorithm)] {
    Bytes tag(64, '\0');
    std::size_t size = 0;
    EVP_MAC_init(context.get(), nullptr, 0, nullptr);
    EVP_MAC_update(context.get(), bytes_of(message), message.size());
    EVP_MAC_final(context.get(), bytes_of(tag), &size, tag.size());
    tag.resize(size);
    return tag;
  };
  return {sign, [sign](std::string_view) { return !sign().empty(); }};
}

}  // namespace

std::optional<Peer> raw_openssl(Algorithm algorithm, const KeyTexts& key) {
  if (is_symmetric(algorithm)) return raw_hmac(algorithm, key.secret);
  return raw_pair(algorithm, read_private(key.private_pem));
}

std::optional<Peer> raw_sodium(Algorithm algorithm, const KeyTexts&) {
  if (algorithm != Algorithm::eddsa) return std::nullopt;
  Bytes public_key(crypto_sign_PUBLICKEYBYTES, '\0'), private_key(crypto_sign_SECRETKEYBYTES, '\0');
  crypto_sign_keypair(bytes_of(public_key), bytes_of(private_key));
  const auto sign = [private_key, message = message_of(algorithm)] {
    Bytes signature(crypto_sign_BYTES, '\0');
    crypto_sign_detached(bytes_of(signature), nullptr, bytes_of(message), message.size(), bytes_of(private_key));
    return signature;
  };
  return Peer{sign, [public_key, message = message_of(algorithm), signature = sign()](std::string_view) {
                return crypto_sign_verify_detached(bytes_of(signature), bytes_of(message), message.size(),
                                                   bytes_of(public_key)) == 0;
              }};
}

}  // namespace cardea::bench
