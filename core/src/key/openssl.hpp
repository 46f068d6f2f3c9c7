// OpenSSL's objects as owned values, and its queue of errors kept empty.
#pragma once

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>

#include <memory>

namespace cardea::openssl {

template <auto free>
struct Free {
  template <class T>
  void operator()(T* object) const noexcept {
    free(object);
  }
};

using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Free<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Free<EVP_MD_CTX_free>>;
using Bio = std::unique_ptr<BIO, Free<BIO_free_all>>;
// Wiped when it goes, as it may be private.
using Number = std::unique_ptr<BIGNUM, Free<BN_clear_free>>;

// What fails in here leaves nothing in the thread's queue for others to trip over.
class ErrorsCleared {
 public:
  ErrorsCleared() noexcept { ERR_clear_error(); }
  ErrorsCleared(const ErrorsCleared&) = delete;
  ErrorsCleared& operator=(const ErrorsCleared&) = delete;
  ~ErrorsCleared() { ERR_clear_error(); }
};

inline const unsigned char* bytes_of(const char* text) noexcept { return reinterpret_cast<const unsigned char*>(text); }
inline unsigned char* bytes_of(char* text) noexcept { return reinterpret_cast<unsigned char*>(text); }

}  // namespace cardea::openssl
