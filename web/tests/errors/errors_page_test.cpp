#include <gtest/gtest.h>

#include <cardea/web/errors/errors_page.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace cardea::web {
namespace {

TEST(ErrorsPage, IsTheCommittedOne) {
  const auto path = (std::filesystem::path(CARDEA_TEST_DATA) / "../../../docs/errors.md").lexically_normal();
  if (std::getenv("CARDEA_WRITE_DOCS") != nullptr) std::ofstream(path) << errors_page();
  std::ifstream file(path);
  const std::string committed{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(committed, errors_page()) << "run this test with CARDEA_WRITE_DOCS=1 to write docs/errors.md";
}

}  // namespace
}  // namespace cardea::web
