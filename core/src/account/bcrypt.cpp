#include "account/bcrypt.hpp"

#include <crypt.h>
#include <sodium.h>

#include <algorithm>
#include <cardea/core/base/secret.hpp>
#include <memory>

namespace cardea {
namespace {

constexpr std::size_t kLength = 60;
constexpr std::size_t kMostPasswordBytes = 72;
constexpr int kLeastCost = 4, kMostCost = 14;

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_bcrypt_base64(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '/';
}

// "$2b$NN$" and 53 characters; the prefix has been seen.
bool well_formed(std::string_view hash) noexcept {
  if (hash.size() != kLength || !is_digit(hash[4]) || !is_digit(hash[5]) || hash[6] != '$') return false;
  const int cost = (hash[4] - '0') * 10 + (hash[5] - '0');
  return cost >= kLeastCost && cost <= kMostCost && std::ranges::all_of(hash.substr(7), is_bcrypt_base64);
}

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

Result<bool> verify_bcrypt(std::string_view password, std::string_view hash) {
  if (!well_formed(hash)) {
    return failure(ErrorCode::password_hash_unsupported, PrivateText{"bcrypt string malformed or out of bounds"});
  }
  if (password.contains('\0')) return false;
  CryptScratch scratch;
  password.substr(0, kMostPasswordBytes).copy(scratch->input, kMostPasswordBytes);
  hash.copy(scratch->setting, kLength);
  const char* const computed = crypt_r(scratch->input, scratch->setting, scratch.get());
  if (computed == nullptr || *computed == '*') {
    return failure(ErrorCode::password_hash_unsupported, PrivateText{"bcrypt string refused by crypt"});
  }
  return equal_in_constant_time(computed, hash);
}

}  // namespace cardea
