#include <gtest/gtest.h>

#include <algorithm>
#include <cardea/web/app.hpp>
#include <cardea/web/openapi/docs_page.hpp>
#include <openapi/docs_assets.hpp>
#include <set>
#include <string_view>
#include <utility>
#include <variant>

namespace cardea::web {
namespace {

const Asset* asset_named(std::string_view name) {
  const auto found = std::ranges::find(docs_assets(), name, &Asset::name);
  return found == docs_assets().end() ? nullptr : &*found;
}

TEST(DocsAssets, HoldEveryFileThatThePagesName) {
  for (const std::string_view page : {"docs.html", "redoc.html"}) {
    const Asset* const asset = asset_named(page);
    ASSERT_NE(asset, nullptr) << page;
    std::string_view rest = asset->bytes;
    std::size_t named = 0;
    for (auto at = rest.find("\"docs/"); at != rest.npos; at = rest.find("\"docs/")) {
      rest.remove_prefix(at + std::string_view{"\"docs/"}.size());
      const std::string_view name = rest.substr(0, rest.find('"'));
      EXPECT_NE(asset_named(name), nullptr) << page << " names " << name;
      ++named;
    }
    EXPECT_GE(named, 2U) << page;
  }
}

TEST(DocsAssets, AreWholeFiles) {
  EXPECT_TRUE(asset_named("docs.html")->bytes.starts_with("<!doctype html>"));
  EXPECT_TRUE(asset_named("docs.html")->bytes.ends_with("</html>\n"));
  EXPECT_GT(asset_named("swagger-ui-bundle.js")->bytes.size(), 500'000U);
  EXPECT_GT(asset_named("redoc.standalone.js")->bytes.size(), 500'000U);
}

// A client that reads slowly would hold a copy of each for as long as it takes.
TEST(DocsAssets, AreSentFromWhereTheyAreAndNotCopied) {
  App app;
  add_docs(app);
  app.prepare();
  for (const auto* target : {"/docs/swagger-ui-bundle.js", "/openapi.json"}) {
    Request request;
    request.method = Method::get;
    request.target = target;
    const auto response = std::get<Response>(app.answer(std::move(request)));
    EXPECT_EQ(response.body, "") << target;
    EXPECT_GT(response.content().size(), 100U) << target;
  }
}

TEST(DocsAssets, LoadNothingFromTheHostOfAnotherProject) {
  EXPECT_EQ(asset_named("redoc.standalone.js")->bytes.find("cdn.redoc.ly"), std::string_view::npos);
  EXPECT_EQ(asset_named("docs.html")->bytes.find("://"),
            asset_named("docs.html")->bytes.find("://www.w3.org/2000/svg"));
}

TEST(DocsAssets, HaveAMediaTypeAndATagOfTheirOwn) {
  std::set<std::string_view> tags;
  for (const Asset& asset : docs_assets()) {
    EXPECT_TRUE(asset.media_type.ends_with("; charset=utf-8")) << asset.name;
    EXPECT_EQ(asset.etag.size(), 18U) << asset.name;
    EXPECT_TRUE(tags.insert(asset.etag).second) << asset.name;
  }
}

}  // namespace
}  // namespace cardea::web
