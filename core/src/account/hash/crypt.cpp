#include "account/hash/crypt.hpp"

#include <crypt.h>
#include <sodium.h>

#include <cardea/core/base/secret.hpp>
#include <cerrno>
#include <memory>

#include "account/hash/hash_text.hpp"

namespace cardea {
namespace {

// Zeros at first, so that what is copied into it ends with a NUL. What crypt_r leaves behind is as good as the
// password.
class CryptScratch {
 public:
  CryptScratch() : memory_(std::make_unique<crypt_data>()) {}
  ~CryptScratch() { sodium_memzero(memory_.get(), sizeof(crypt_data)); }
  CryptScratch(const CryptScratch&) = delete;
  CryptScratch& operator=(const CryptScratch&) = delete;
  crypt_data* get() noexcept { return memory_.get(); }
  crypt_data* operator->() noexcept { return memory_.get(); }

 private:
  std::unique_ptr<crypt_data> memory_;
};

}  // namespace

Result<bool> verify_by_crypt(std::string_view password, std::string_view hash) {
  if (hash.size() >= CRYPT_OUTPUT_SIZE) return unsupported_hash("a crypt string that is too long");
  if (password.size() >= CRYPT_MAX_PASSPHRASE_SIZE || password.contains('\0')) return false;
  CryptScratch scratch;
  password.copy(scratch->input, password.size());
  hash.copy(scratch->setting, hash.size());
  errno = 0;
  const char* const computed = crypt_r(scratch->input, scratch->setting, scratch.get());
  if (computed != nullptr && *computed != '*') return equal_in_constant_time(computed, hash);
  if (errno == ENOMEM) return failure(ErrorCode::service_unavailable, PrivateText{"no memory for a password hash"});
  return unsupported_hash("a crypt string that crypt refuses");
}

}  // namespace cardea
