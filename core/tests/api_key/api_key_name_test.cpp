#include <gtest/gtest.h>

#include <cardea/core/api_key/api_key_name.hpp>

namespace cardea {
namespace {

std::string repeated(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

TEST(ApiKeyName, IsOneToEightyCharactersOfAnyScript) {
  for (const auto& text : {std::string("x"), std::string(80, 'x'), repeated("☂", 80), std::string("nightly backup"),
                           std::string("\xC2\xA0"), std::string("Überwachung")}) {
    const auto name = ApiKeyName::parse(text);
    ASSERT_TRUE(name) << text;
    EXPECT_EQ(name->text(), text);
  }
}

TEST(ApiKeyName, IsNothingElse) {
  for (const auto& text : {std::string(), std::string("  "), std::string(81, 'x'), repeated("☂", 81),
                           std::string("\xFF"), std::string("half a character \xE2\x98")}) {
    EXPECT_EQ(ApiKeyName::parse(text).error().code(), ErrorCode::api_key_rejected) << text;
  }
}

TEST(ApiKeyName, HasNoControlCharacter) {
  for (const auto& text : {std::string("a\nb"), std::string("a\0b", 3), std::string("\x1B[31m"), std::string("\x7F"),
                           std::string("\xC2\x80"), std::string("a\xC2\x9F")}) {
    EXPECT_EQ(ApiKeyName::parse(text).error().code(), ErrorCode::api_key_rejected) << text;
  }
}

}  // namespace
}  // namespace cardea
