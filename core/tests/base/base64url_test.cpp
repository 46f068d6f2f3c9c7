#include <gtest/gtest.h>

#include <array>
#include <cardea/core/base/base64url.hpp>

namespace cardea {
namespace {

struct Vector {
  std::string_view bytes, text;
};

// RFC 4648 section 10 without the padding, and RFC 7515 appendix C.
constexpr std::array kVectors{Vector{"", ""},
                              Vector{"f", "Zg"},
                              Vector{"fo", "Zm8"},
                              Vector{"foo", "Zm9v"},
                              Vector{"foob", "Zm9vYg"},
                              Vector{"fooba", "Zm9vYmE"},
                              Vector{"foobar", "Zm9vYmFy"},
                              Vector{"\x03\xEC\xFF\xE0\xC1", "A-z_4ME"}};

std::string every_byte() {
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
  return bytes;
}

TEST(Base64url, WritesAndReadsTheVectorsOfTheRfcs) {
  for (const auto& [bytes, text] : kVectors) {
    EXPECT_EQ(to_base64url(bytes), text);
    EXPECT_EQ(from_base64url(text).value(), bytes);
    EXPECT_EQ(base64url_size_of(bytes.size()), text.size());
    EXPECT_EQ(size_of_base64url(text.size()), bytes.size());
  }
}

TEST(Base64url, ReadsBackEveryByteAtEveryLength) {
  const auto bytes = every_byte();
  for (std::size_t size = 0; size <= bytes.size(); ++size) {
    const auto part = std::string_view{bytes}.substr(bytes.size() - size);
    EXPECT_EQ(from_base64url(to_base64url(part)).value(), part);
  }
}

TEST(Base64url, RefusesEveryCharacterOutsideTheAlphabetAtEveryPlace) {
  const std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  for (const char c : every_byte()) {
    if (alphabet.contains(c)) continue;
    for (const std::size_t size : {4U, 6U, 7U}) {
      for (std::size_t place = 0; place < size; ++place) {
        std::string text(size, 'A');
        text[place] = c;
        EXPECT_FALSE(from_base64url(text)) << static_cast<int>(c) << " at " << place;
      }
    }
  }
}

TEST(Base64url, RefusesPaddingAndLengthsThatNoBytesHave) {
  for (const auto* text : {"Zg==", "Zm8=", "Zm9v=", "=", "A", "AAAAA", "Zm9v\n", " Zm9v"}) {
    const auto bytes = from_base64url(text);
    ASSERT_FALSE(bytes) << text;
    EXPECT_EQ(bytes.error().code(), ErrorCode::base64url_malformed);
  }
}

TEST(Base64url, RefusesSpareBitsThatAreNotZero) {
  for (const auto* text : {"Zh", "Zv", "Zm9", "Zm-", "AAAAAB", "AAAAAAB"}) EXPECT_FALSE(from_base64url(text)) << text;
}

TEST(Base64url, NeverWritesBeyondTheMemoryItIsGiven) {
  std::array<char, 3> room{};
  EXPECT_EQ(from_base64url("Zm9v", room), 3U);
  EXPECT_EQ(from_base64url("Zm9vYg", room), std::nullopt);
  EXPECT_EQ(from_base64url("Zm8", std::span{room}.first(1)), std::nullopt);
  EXPECT_EQ(from_base64url("", std::span<char>{}), 0U);
}

TEST(Base64url, AppendsToWhatIsThere) {
  std::string text = "a.";
  append_base64url(text, "foo");
  EXPECT_EQ(text, "a.Zm9v");
}

}  // namespace
}  // namespace cardea
