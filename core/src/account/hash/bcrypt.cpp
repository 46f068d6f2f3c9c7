#include "account/hash/bcrypt.hpp"

#include <algorithm>
#include <array>

#include "account/hash/crypt.hpp"
#include "account/hash/hash_text.hpp"

namespace cardea {
namespace {

constexpr std::size_t kLength = 60;
constexpr std::size_t kMostPasswordBytes = 72;
constexpr int kLeastCost = 4, kMostCost = 14;
constexpr std::array<std::string_view, 3> kPrefixes{"$2b$", "$2a$", "$2y$"};

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A prefix of four characters, two digits, a dollar, and 53 characters.
bool well_formed(std::string_view hash) noexcept {
  return hash.size() == kLength && std::ranges::find(kPrefixes, hash.substr(0, 4)) != kPrefixes.end() &&
         is_digit(hash[4]) && is_digit(hash[5]) && hash[6] == '$' && is_crypt_text(hash.substr(7));
}

}  // namespace

Done check_bcrypt(std::string_view hash) {
  if (!well_formed(hash)) return unsupported_hash("malformed bcrypt");
  const int cost = (hash[4] - '0') * 10 + (hash[5] - '0');
  if (cost < kLeastCost || cost > kMostCost) return unsupported_hash("bcrypt with a cost outside 4 to 14");
  return {};
}

Result<bool> verify_bcrypt(std::string_view password, std::string_view hash) {
  if (auto checked = check_bcrypt(hash); !checked) return failure(std::move(checked).error());
  if (password.contains('\0')) return false;
  return verify_by_crypt(password.substr(0, kMostPasswordBytes), hash);
}

}  // namespace cardea
