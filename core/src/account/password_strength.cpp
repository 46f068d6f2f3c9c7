#include <zxcvbn.h>

#include <algorithm>
#include <array>
#include <cardea/core/account/password_strength.hpp>

namespace cardea {
namespace {

constexpr std::size_t kLongestEstimated = 256;

// As a C string, in which a NUL would be the end.
Secret as_c_string(std::string_view password) {
  std::string text(password.substr(0, kLongestEstimated));
  std::ranges::replace(text, '\0', '\x01');
  return Secret{std::move(text)};
}

}  // namespace

double estimated_bits(const Secret& password, const Username& username) {
  const auto text = as_c_string(password.expose());
  const std::string name(username.text());
  std::array<const char*, 3> words{name.c_str(), "cardea", nullptr};
  return ZxcvbnMatch(text.expose().data(), words.data(), nullptr);
}

}  // namespace cardea
