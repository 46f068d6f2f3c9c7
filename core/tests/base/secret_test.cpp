#include <gtest/gtest.h>

#include <cardea/core/base/secret.hpp>

namespace cardea {
namespace {

constexpr std::size_t kLongest = 80;

std::string text_of(std::size_t size) {
  std::string text;
  for (std::size_t i = 0; i < size; ++i) text += static_cast<char>(i * 37);
  return text;
}

TEST(EqualInConstantTime, HoldsForEqualTextsOfEveryLengthWhereverTheyStart) {
  for (std::size_t size = 0; size <= kLongest; ++size) {
    for (std::size_t start = 0; start < 8; ++start) {
      const auto text = text_of(size);
      const auto moved = std::string(start, 'x') + text;
      EXPECT_TRUE(equal_in_constant_time(text, std::string_view{moved}.substr(start))) << size << ' ' << start;
    }
  }
}

TEST(EqualInConstantTime, FindsADifferenceOfOneBitAtEveryPlaceOfEveryLength) {
  for (std::size_t size = 1; size <= kLongest; ++size) {
    const auto text = text_of(size);
    for (std::size_t place = 0; place < size; ++place) {
      for (int bit = 0; bit < 8; ++bit) {
        auto other = text;
        other[place] = static_cast<char>(other[place] ^ (1 << bit));
        EXPECT_FALSE(equal_in_constant_time(text, other)) << size << ' ' << place << ' ' << bit;
      }
    }
  }
}

TEST(EqualInConstantTime, DoesNotLetTwoDifferencesCancelEachOther) {
  for (std::size_t first = 0; first < kLongest; ++first) {
    for (std::size_t second = first + 1; second < kLongest; ++second) {
      auto other = text_of(kLongest);
      for (const auto place : {first, second}) other[place] = static_cast<char>(other[place] ^ 1);
      EXPECT_FALSE(equal_in_constant_time(text_of(kLongest), other)) << first << ' ' << second;
    }
  }
}

TEST(EqualInConstantTime, DoesNotHoldForTextsOfDifferentLengths) {
  for (std::size_t size = 1; size <= kLongest; ++size) {
    const auto text = text_of(size);
    EXPECT_FALSE(equal_in_constant_time(text, text.substr(0, size - 1))) << size;
    EXPECT_FALSE(equal_in_constant_time(text.substr(1), text)) << size;
  }
}

}  // namespace
}  // namespace cardea
