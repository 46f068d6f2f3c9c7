#include <algorithm>
#include <array>
#include <cardea/core/account/password_hasher.hpp>
#include <cardea/core/account/password_policy.hpp>

namespace cardea {
namespace {

// The most frequent of published leaks that are long enough to get this far.
constexpr std::array<std::string_view, 72> kCommon{
    "00000000",  "0123456789",    "11111111",   "111111111",   "11223344",   "12121212",   "123123123", "12341234",
    "12344321",  "12345678",      "123456789",  "1234567890",  "123456789a", "1234567891", "1234qwer",  "123qweasd",
    "147258369", "147852369",     "1q2w3e4r",   "1q2w3e4r5t",  "1qaz2wsx",   "1qazxsw2",   "22222222",  "55555555",
    "66666666",  "77777777",      "87654321",   "88888888",    "987654321",  "9876543210", "99999999",  "a1234567",
    "a12345678", "a123456789",    "aa123456",   "aa12345678",  "aaaaaaaa",   "abc12345",   "abcd1234",  "abcdefgh",
    "admin123",  "administrator", "asdasdasd",  "asdf1234",    "asdfasdf",   "asdfghjkl",  "baseball",  "changeme",
    "computer",  "football",      "iloveyou",   "jennifer",    "letmein1",   "michelle",   "p@ssw0rd",  "passw0rd",
    "password",  "password1",     "password12", "password123", "princess",   "q1w2e3r4",   "qazwsxedc", "qwer1234",
    "qwertyui",  "qwerty123",     "qwertyuiop", "sunshine",    "superman",   "trustno1",   "welcome1",  "whatever"};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool equal_ignoring_case(std::string_view a, std::string_view b) { return std::ranges::equal(a, b, {}, lower, lower); }

std::size_t characters_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::unexpected<Error> rejected(std::string rule) {
  return failure(ErrorCode::password_rejected, PublicText{"The password " + std::move(rule)});
}

}  // namespace

Done check_new_password(const Secret& password, const Username& username) {
  const auto text = password.expose();
  if (characters_of(text) < kShortestPassword) {
    return rejected("is too short: " + std::to_string(kShortestPassword) + " characters at the least");
  }
  if (text.size() > PasswordHasher::kLongestPassword) {
    return rejected("is too long: " + std::to_string(PasswordHasher::kLongestPassword) + " bytes at the most");
  }
  if (equal_ignoring_case(text, username.text())) return rejected("is the user name");
  const auto is_text = [&](std::string_view common) { return equal_ignoring_case(text, common); };
  if (std::ranges::any_of(kCommon, is_text)) return rejected("is one of those that are tried first");
  return {};
}

}  // namespace cardea
