#include <gtest/gtest.h>

#include <cardea/core/api_key/api_key_id.hpp>
#include <cardea/core/api_key/api_key_text.hpp>

namespace cardea {
namespace {

TEST(ApiKeyText, IsAPrefixAndFortyEightCharactersThatNoOtherHas) {
  const auto text = new_api_key_text();
  EXPECT_EQ(text.size(), 59U);
  EXPECT_TRUE(text.expose().starts_with("cardea_pat_"));
  EXPECT_NE(text.expose(), new_api_key_text().expose());
}

TEST(ApiKeyText, HasADigestThatIsItsOwnAndSaysNothingOfIt) {
  const auto text = new_api_key_text();
  const auto digest = api_key_digest_of(text.expose());
  ASSERT_TRUE(digest);
  EXPECT_EQ(digest, api_key_digest_of(text.expose()));
  EXPECT_NE(digest, api_key_digest_of(new_api_key_text().expose()));
  EXPECT_FALSE(text.expose().contains(*digest));
}

TEST(ApiKeyText, HasNoDigestIfOneCharacterIsAnother) {
  const std::string text(new_api_key_text().expose());
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto damaged = text;
    damaged[i] = text[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(api_key_digest_of(damaged)) << i;
  }
  EXPECT_FALSE(api_key_digest_of(text.substr(0, text.size() - 1)));
  EXPECT_FALSE(api_key_digest_of(text + "A"));
  EXPECT_FALSE(api_key_digest_of(""));
}

TEST(ApiKeyText, SaysWhatItIsEvenWhenDamaged) {
  EXPECT_TRUE(says_it_is_an_api_key(new_api_key_text().expose()));
  EXPECT_TRUE(says_it_is_an_api_key("cardea_pat_"));
  EXPECT_FALSE(says_it_is_an_api_key("cardea_rt_AAAA"));
  EXPECT_FALSE(says_it_is_an_api_key("eyJhbGciOiJIUzI1NiJ9.e30.AAAA"));
  EXPECT_FALSE(says_it_is_an_api_key(""));
}

TEST(ApiKeyId, IsTwentyTwoCharactersThatNoOtherHas) {
  const auto id = ApiKeyId::random();
  EXPECT_EQ(id.text().size(), 22U);
  EXPECT_NE(id, ApiKeyId::random());
  EXPECT_EQ(ApiKeyId::parse(id.text()).value(), id);
}

TEST(ApiKeyId, IsNoOtherText) {
  for (const auto* text : {"", "x", "AAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAB",
                           "AAAAAAAAAAAAAAAAAAAAA=", "AAAAAAAAAAAAAAAAAAAAAAAA"}) {
    EXPECT_EQ(ApiKeyId::parse(text).error().code(), ErrorCode::api_key_not_found) << text;
  }
}

}  // namespace
}  // namespace cardea
