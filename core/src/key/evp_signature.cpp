#include "key/evp_signature.hpp"

#include <openssl/rsa.h>

#include <utility>

#include "key/curve.hpp"
#include "key/ecdsa_signature.hpp"

namespace cardea {
namespace {

using Init = int (*)(EVP_MD_CTX*, EVP_PKEY_CTX**, const EVP_MD*, ENGINE*, EVP_PKEY*);

const EVP_MD* digest_of(Algorithm algorithm) noexcept {
  switch (algorithm) {
    case Algorithm::rs256:
    case Algorithm::ps256:
    case Algorithm::es256: return EVP_sha256();
    case Algorithm::rs384:
    case Algorithm::ps384:
    case Algorithm::es384: return EVP_sha384();
    case Algorithm::rs512:
    case Algorithm::ps512:
    case Algorithm::es512: return EVP_sha512();
    default: std::unreachable();  // not of RSA or ECDSA
  }
}

bool is_pss(Algorithm algorithm) noexcept {
  return algorithm == Algorithm::ps256 || algorithm == Algorithm::ps384 || algorithm == Algorithm::ps512;
}

// MGF1 uses the same hash, and the salt is exactly as long (RFC 7518 section 3.5): on verification, too, no other is
// taken.
bool set_padding(EVP_PKEY_CTX* context, Algorithm algorithm) noexcept {
  if (key_type_of(algorithm) != KeyType::rsa) return true;
  if (!is_pss(algorithm)) return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1;
  return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1 &&
         EVP_PKEY_CTX_set_rsa_mgf1_md(context, digest_of(algorithm)) == 1 &&
         EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1;
}

Result<openssl::DigestContext> prepared(Init init, EVP_PKEY* key, Algorithm algorithm) {
  const openssl::ErrorsCleared errors;
  openssl::DigestContext context{EVP_MD_CTX_new()};
  EVP_PKEY_CTX* of_key = nullptr;  // the context's own
  if (!context || init(context.get(), &of_key, digest_of(algorithm), nullptr, key) != 1 ||
      !set_padding(of_key, algorithm)) {
    return failure(ErrorCode::key_unusable, PrivateText{"OpenSSL does not take the key"});
  }
  return context;
}

openssl::DigestContext copy_of(const openssl::DigestContext& prepared) noexcept {
  openssl::DigestContext copy{EVP_MD_CTX_new()};
  if (copy && EVP_MD_CTX_copy_ex(copy.get(), prepared.get()) != 1) copy.reset();
  return copy;
}

std::size_t signature_size_of(const EVP_PKEY* key, Algorithm algorithm) noexcept {
  if (key_type_of(algorithm) == KeyType::ec) return 2 * curve_of(algorithm).size;
  return static_cast<std::size_t>(EVP_PKEY_get_size(key));
}

}  // namespace

Result<EvpVerifier> EvpVerifier::make(EVP_PKEY* key, Algorithm algorithm) {
  auto context = prepared(EVP_DigestVerifyInit, key, algorithm);
  if (!context) return failure(std::move(context).error());
  return EvpVerifier{*std::move(context), algorithm, signature_size_of(key, algorithm)};
}

bool EvpVerifier::verifies(std::string_view message, std::string_view signature) const noexcept {
  if (signature.size() != signature_size_) return false;
  Signature der;
  if (key_type_of(algorithm_) == KeyType::ec) {
    der = ecdsa_der_of(signature);
    signature = der.view();
  }
  const openssl::ErrorsCleared errors;
  const auto context = copy_of(prepared_);
  return context && EVP_DigestVerify(context.get(), openssl::bytes_of(signature.data()), signature.size(),
                                     openssl::bytes_of(message.data()), message.size()) == 1;
}

Result<EvpSigner> EvpSigner::make(EVP_PKEY* key, Algorithm algorithm) {
  auto context = prepared(EVP_DigestSignInit, key, algorithm);
  if (!context) return failure(std::move(context).error());
  return EvpSigner{*std::move(context), algorithm};
}

Result<Signature> EvpSigner::sign(std::string_view message) const {
  const openssl::ErrorsCleared errors;
  Signature signature;
  signature.size = Signature::kLargest;
  const auto context = copy_of(prepared_);
  if (!context || EVP_DigestSign(context.get(), openssl::bytes_of(signature.bytes.data()), &signature.size,
                                 openssl::bytes_of(message.data()), message.size()) != 1) {
    return failure(ErrorCode::internal_error, PrivateText{"OpenSSL cannot sign"});
  }
  if (key_type_of(algorithm_) != KeyType::ec) return signature;
  const auto raw = ecdsa_raw_of(signature.view(), curve_of(algorithm_).size);
  if (!raw) return failure(ErrorCode::internal_error, PrivateText{"OpenSSL's signature cannot be read"});
  return *raw;
}

}  // namespace cardea
