#include <gtest/gtest.h>

#include <cardea/service/config/options_page.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace cardea::service {
namespace {

TEST(OptionsPage, IsTheCommittedOne) {
  const std::filesystem::path data(CARDEA_TEST_DATA);
  std::ifstream file((data / "../../../docs/configuration.md").lexically_normal());
  const std::string committed{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(committed, options_page()) << "run: cardea config --markdown > docs/configuration.md";
}

}  // namespace
}  // namespace cardea::service
