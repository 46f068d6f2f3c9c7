#include <gtest/gtest.h>

#include <cardea/core/token/opaque_token.hpp>
#include <set>

namespace cardea {
namespace {

constexpr OpaqueToken kTokens{"cardea_test_", 32};

Secret bytes(char byte) { return Secret{std::string(32, byte)}; }

TEST(OpaqueToken, IsItsPrefixAndBase64urlOfPayloadAndChecksum) {
  // echo -n cardea_test_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | sha256sum begins with f902ab96
  EXPECT_EQ(kTokens.write(bytes('a')).expose(), "cardea_test_YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWH5AquW");
}

TEST(OpaqueToken, ReadsBackWhatItWrote) {
  const auto payload = kTokens.read(kTokens.write(bytes('a')).expose());
  ASSERT_TRUE(payload);
  EXPECT_EQ(payload->expose(), bytes('a').expose());
}

TEST(OpaqueToken, IsRandom) {
  std::set<std::string> made;
  for (int i = 0; i < 100; ++i) made.emplace(kTokens.make().expose());
  EXPECT_EQ(made.size(), 100U);
  EXPECT_TRUE(kTokens.read(*made.begin()));
}

TEST(OpaqueToken, IsRefusedWithAnySingleCharacterChanged) {
  const auto token = kTokens.make();
  for (std::size_t i = 0; i < token.size(); ++i) {
    std::string changed(token.expose());
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(kTokens.read(changed)) << i;
  }
}

TEST(OpaqueToken, IsRefusedWithMoreOrLessAroundIt) {
  const std::string token(kTokens.make().expose());
  for (const auto& text : {token + "A", token + "=", " " + token, token + "\n", token.substr(1), token.substr(0, 59)}) {
    EXPECT_FALSE(kTokens.read(text)) << text.size();
  }
  EXPECT_FALSE(kTokens.read(""));
}

TEST(OpaqueToken, OfAnotherKindIsRefused) {
  constexpr OpaqueToken kOthers{"cardea_best_", 32};
  EXPECT_FALSE(kTokens.read(kOthers.make().expose()));
  // Even with the right prefix: the checksum covers it.
  std::string renamed(kOthers.make().expose());
  renamed.replace(0, 12, "cardea_test_");
  EXPECT_FALSE(kTokens.read(renamed));
}

// FIPS 180-2, appendix B.1: SHA-256 of "abc".
TEST(DigestOf, IsSha256InBase64url) {
  EXPECT_EQ(digest_of(Secret::copy_of("abc")), "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
}

}  // namespace
}  // namespace cardea
