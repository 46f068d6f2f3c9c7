#include "run/ascii.hpp"

#include <gtest/gtest.h>

#include <string>

namespace cardea::web {
namespace {

// Each character at each place, also behind a tab and a byte beyond ASCII.
TEST(FieldValue, IsOneIfAllOfItsCharactersAreOfOne) {
  for (const std::string before : {"", "\t", "\xff\x80", "abcdefgh"}) {
    for (std::size_t size = 1; size <= 17; ++size) {
      for (std::size_t at = 0; at < size; ++at) {
        for (int c = 0; c < 256; ++c) {
          auto text = before + std::string(size, 'a');
          text[before.size() + at] = static_cast<char>(c);
          ASSERT_EQ(is_field_value(text), is_field_value_character(static_cast<char>(c))) << c << " in " << text;
        }
      }
    }
  }
  EXPECT_TRUE(is_field_value(""));
}

}  // namespace
}  // namespace cardea::web
