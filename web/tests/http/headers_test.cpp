#include <cardea/web/http/headers.hpp>

#include <gtest/gtest.h>

#include <string>

namespace cardea::web {
namespace {

std::string lines_of(const Headers& headers) {
  std::string lines;
  for (const auto& [name, value] : headers.fields()) lines.append(name).append(": ").append(value).append("\n");
  return lines;
}

TEST(Headers, KeepTheirOrderAndFindTheFirstOfANameInAnyCase) {
  Headers headers;
  headers.add("Accept", "a");
  headers.add("Host", "h");
  headers.add("ACCEPT", "b");
  EXPECT_EQ(lines_of(headers), "Accept: a\nHost: h\nACCEPT: b\n");
  EXPECT_EQ(headers.find("accept"), "a");
  EXPECT_EQ(headers.count("accept"), 2U);
  EXPECT_EQ(headers.find("Accep"), std::nullopt);
  EXPECT_EQ(headers.size(), 3U);
}

TEST(Headers, TellAnEmptyValueFromNone) {
  Headers headers;
  headers.add("Accept", "");
  EXPECT_EQ(headers.find("Accept"), "");
  EXPECT_EQ(headers.find(""), std::nullopt);
}

TEST(Headers, ThatWereClearedHaveNothingOfWhatTheyHadButTheirRoom) {
  Headers headers;
  headers.add("Authorization", "Bearer abc");
  const auto room = headers.capacity();
  headers.clear();
  EXPECT_EQ(headers.size(), 0U);
  EXPECT_EQ(headers.find("Authorization"), std::nullopt);
  headers.add("Accept", "a");
  EXPECT_EQ(lines_of(headers), "Accept: a\n");
  EXPECT_EQ(headers.capacity(), room);
}

TEST(Headers, ReplaceEveryFieldOfANameAndLeaveTheOthers) {
  Headers headers;
  headers.add("A", "1");
  headers.add("B", "2");
  headers.add("a", "3");
  headers.set("A", "4");
  EXPECT_EQ(lines_of(headers), "B: 2\nA: 4\n");
  headers.remove("b");
  EXPECT_EQ(lines_of(headers), "A: 4\n");
}

TEST(Headers, TakeWhatTheySayThemselves) {
  Headers headers;
  const std::string value(100, 'v');
  headers.add("X-First", value);
  for (int i = 0; i < 20; ++i) headers.add("X-Next", *headers.find("X-First"));
  headers.set("X-First", *headers.find("X-First"));
  EXPECT_EQ(headers.find("X-First"), value);
  for (const auto& field : headers.fields()) EXPECT_EQ(field.value, value);
}

TEST(Headers, SayTheSameWhenTheyAreCopied) {
  Headers headers;
  headers.add("A", "1");
  auto copy = headers;
  headers.add("B", "2");
  EXPECT_EQ(lines_of(copy), "A: 1\n");
  copy = std::move(headers);
  EXPECT_EQ(lines_of(copy), "A: 1\nB: 2\n");
}

}  // namespace
}  // namespace cardea::web
