#include <gtest/gtest.h>

#include <cardea/core/session/refresh_token.hpp>
#include <string>

namespace cardea {
namespace {

RefreshToken token_of(char handle, std::uint32_t generation, char secret) {
  return {
      .handle = Secret{std::string(16, handle)}, .generation = generation, .secret = Secret{std::string(32, secret)}};
}

TEST(RefreshToken, ReadsBackWhatItWrites) {
  const auto text = token_of('h', 0xFFFF'FF01, 's').text();
  EXPECT_TRUE(text.expose().starts_with("cardea_rt_"));
  const auto token = RefreshToken::parse(text.expose());
  ASSERT_TRUE(token);
  EXPECT_EQ(token->handle.expose(), std::string(16, 'h'));
  EXPECT_EQ(token->generation, 0xFFFF'FF01);
  EXPECT_EQ(token->secret.expose(), std::string(32, 's'));
}

TEST(RefreshToken, IsNotReadFromADamagedCopyOrOtherText) {
  const std::string text(token_of('h', 1, 's').text().expose());
  for (const std::string& other : {text.substr(1), text.substr(0, text.size() - 1), text + "A", std::string{},
                                   std::string{"eyJhbGciOiJIUzI1NiJ9.e30.c2ln"}}) {
    EXPECT_FALSE(RefreshToken::parse(other)) << other;
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto damaged = text;
    damaged[i] = damaged[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(RefreshToken::parse(damaged)) << i;
  }
}

}  // namespace
}  // namespace cardea
