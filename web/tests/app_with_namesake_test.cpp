#include <gtest/gtest.h>

#include <cardea/web/app_with.hpp>
#include <memory>

namespace cardea::web {
namespace {

// app_with_test.cpp has another kPosts, and the same test.
constexpr auto kPosts = catalogue({{"posts:read", "See drafts"}}, {{"reader", "posts:read"}});

TEST(AppWithNamesake, HasTheCatalogueOfItsOwnFileHoweverOthersNameTheirs) {
  auto* volatile make = &std::make_unique<AppWith<kPosts>>;
  const auto app = make();
  EXPECT_TRUE(app->catalogue()->has_role("reader") && app->catalogue()->roles().size() == 1);
}

}  // namespace
}  // namespace cardea::web
