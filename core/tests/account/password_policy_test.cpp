#include <gtest/gtest.h>

#include <cardea/core/account/password_hasher.hpp>
#include <cardea/core/account/password_policy.hpp>

namespace cardea {
namespace {

// Empty if the password may be taken.
std::string objection_to(std::string_view password, std::string_view name = "carol") {
  const auto checked = check_new_password(Secret::copy_of(password), Username::parse(name).value());
  return checked ? "" : std::string(checked.error().public_text());
}

TEST(PasswordPolicy, CountsCharactersAtTheShortEndAndBytesAtTheLongOne) {
  EXPECT_EQ(objection_to("k7tt2ab"), "The password is too short: 8 characters at the least");
  EXPECT_EQ(objection_to("k7tt2abc"), "");
  EXPECT_EQ(objection_to("äöüäöüä"), "The password is too short: 8 characters at the least");
  EXPECT_EQ(objection_to("äöüäöüäö"), "");
  const std::string longest(PasswordHasher::kLongestPassword, 'x');
  EXPECT_EQ(objection_to(longest), "");
  EXPECT_EQ(objection_to(longest + 'x'), "The password is too long: 1024 bytes at the most");
}

TEST(PasswordPolicy, RefusesWhatIsTriedFirstInEitherCase) {
  EXPECT_EQ(objection_to("12345678"), "The password is one of those that are tried first");
  EXPECT_EQ(objection_to("PassWord123"), "The password is one of those that are tried first");
}

TEST(PasswordPolicy, RefusesTheUserName) {
  EXPECT_EQ(objection_to("caroline.smith", "caroline.smith"), "The password is the user name");
  EXPECT_EQ(objection_to("Caroline.Smith", "caroline.smith"), "The password is the user name");
  EXPECT_EQ(objection_to("caroline.smith2", "caroline.smith"), "");
}

TEST(PasswordPolicy, AsksForNoKindsOfCharacters) { EXPECT_EQ(objection_to("correct horse battery staple"), ""); }

}  // namespace
}  // namespace cardea
