#include <gtest/gtest.h>

#include <cardea/core/account/password_policy.hpp>

namespace cardea {
namespace {

Done check(const PasswordPolicy& policy, std::string_view password, std::string_view username = "alice") {
  return policy.check(Secret::copy_of(password), Username::parse(username).value());
}

std::string_view reason(const Done& refusal) {
  EXPECT_FALSE(refusal.has_value());
  EXPECT_EQ(refusal.error().code(), ErrorCode::password_rejected);
  return refusal.error().public_text();
}

TEST(PasswordPolicy, AsksForFifteenCharactersByDefault) {
  EXPECT_TRUE(check({}, "fifteen letters").has_value());
  EXPECT_EQ(reason(check({}, "fourteen chars")),
            "The password is shorter than 15 characters; a few words that do not belong together are long and easy to "
            "remember");
}

TEST(PasswordPolicy, CountsCodePointsNotBytes) {
  EXPECT_TRUE(check({}, "длинный пароль!").has_value());
  EXPECT_FALSE(check({}, "длинный пароль").has_value()) << "14 characters in 27 bytes";
}

TEST(PasswordPolicy, CanBeSetDownToEightCharactersAndNoFurther) {
  const auto eight = PasswordPolicy::with_minimum(8).value();
  EXPECT_TRUE(check(eight, "vn3-xkq8").has_value());
  EXPECT_FALSE(check(eight, "vn3-xkq").has_value());
  EXPECT_EQ(PasswordPolicy::with_minimum(7).error().code(), ErrorCode::configuration_invalid);
  EXPECT_EQ(PasswordPolicy::with_minimum(65).error().code(), ErrorCode::configuration_invalid);
}

TEST(PasswordPolicy, AcceptsUpTo1024BytesOfAnyCharacters) {
  std::string longest = "only lower case, no digit: ";
  longest.resize(1024, 'x');
  EXPECT_TRUE(check({}, longest).has_value());
  EXPECT_EQ(reason(check({}, longest + "x")), "The password is longer than 1024 bytes; take a shorter one");
}

TEST(PasswordPolicy, RefusesTheUserNameInAnyCaseAndNumber) {
  for (const auto* password : {"alexandra.smith", "Alexandra.Smith", "alexandra.smithalexandra.smith"}) {
    EXPECT_EQ(reason(check({}, password, "alexandra.smith")), "The password is the user name; take another one")
        << password;
  }
  EXPECT_TRUE(check({}, "quixotic.nebula", "alice").has_value());
  EXPECT_FALSE(check({}, "quixotic.nebula", "quixotic.nebula").has_value());
}

TEST(PasswordPolicy, RefusesCommonPasswords) {
  const auto eight = PasswordPolicy::with_minimum(8).value();
  for (const auto* password : {"password", "Password1", "12345678", "qwertyuiop", "PassWordPassWord", "aaaaaaaaaaaaaaa",
                               "abababababababab", "123456789012345", "correcthorsebatterystaple"}) {
    EXPECT_EQ(reason(check(eight, password)), "The password is one of those that are guessed first; take another one")
        << password;
  }
}

TEST(PasswordPolicy, RefusesWhatIsEasyToGuessThoughNoListHasIt) {
  const auto eight = PasswordPolicy::with_minimum(8).value();
  for (const auto* password : {"thisisalongpassword", "p4ssw0rd-p4ssw0rd!", "alexandra.smith1"}) {
    EXPECT_EQ(reason(check(eight, password, "alexandra.smith")),
              "The password is easy to guess; add words that do not belong together")
        << password;
  }
}

TEST(PasswordPolicy, AcceptsPassphrasesAndRandomText) {
  for (const auto* password : {"zebra cloud nine teapot", "ein sehr langes kennwort", "kX7-qpzW2_mv9Ld",
                               "fünf große Bäume", "пароль на каждый день"}) {
    EXPECT_TRUE(check({}, password).has_value()) << password;
  }
  using namespace std::string_view_literals;
  EXPECT_TRUE(check({}, "zebra\0 cloud nine"sv).has_value()) << "what stands behind a NUL counts";
}

TEST(PasswordPolicy, LetsDemoAccountsHaveWeakPasswordsButNoEmptyOnes) {
  const auto demo = PasswordPolicy::accepting_weak_passwords_for_demo_only();
  EXPECT_TRUE(check(demo, "alicepw").has_value());
  EXPECT_TRUE(check(demo, "alice").has_value());
  EXPECT_EQ(reason(check(demo, "")), "The password is empty");
  EXPECT_FALSE(check(demo, std::string(1025, 'x')).has_value());
}

}  // namespace
}  // namespace cardea
