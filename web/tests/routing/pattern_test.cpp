#include <gtest/gtest.h>

#include <cardea/web/routing/pattern.hpp>

namespace cardea::web {
namespace {

TEST(Pattern, IsOneSpellingOfOnePlace) {
  for (const auto* good : {"/", "/me", "/posts/{id}", "/a/{b}/c/{d}", "/.well-known/jwks.json"})
    EXPECT_TRUE(is_pattern(good)) << good;
  for (const auto* bad : {"", "me", "/me/", "//", "/a//b", "/./a", "/..", "/{}", "/{a b}", "/{1a}", "/x{id}",
                          "/{id}/{id}", "/a b", "/%41", "/a?b"}) {
    EXPECT_FALSE(is_pattern(bad)) << bad;
  }
}

TEST(Pattern, KnowsItsParameters) {
  static_assert(pattern_has_parameter("/posts/{id}", "id"));
  static_assert(!pattern_has_parameter("/posts/{id}", "i"));
  static_assert(!pattern_has_parameter("/posts/id", "id"));
  EXPECT_EQ(parameters_of("/a/{b}/c/{d}"), (std::vector<std::string_view>{"b", "d"}));
}

}  // namespace
}  // namespace cardea::web
