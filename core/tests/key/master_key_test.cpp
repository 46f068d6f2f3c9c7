#include <cardea/core/key/master_key.hpp>

#include <gtest/gtest.h>

#include <cardea/core/base/base64url.hpp>
#include <string>

namespace cardea {
namespace {

// A line of the text: 32 times the byte.
std::string line_of(char byte) { return to_base64url(std::string(32, byte)); }

Result<MasterKeys> parse(std::string text) { return MasterKeys::parse(Secret{std::move(text)}); }

std::string problem_of(std::string text) {
  const auto keys = parse(std::move(text));
  if (keys) return "";
  EXPECT_EQ(keys.error().code(), ErrorCode::master_key_unusable);
  return std::string(keys.error().private_text());
}

std::string text_of(const MasterKeys& keys) { return std::string(keys.text().expose()); }

TEST(MasterKeys, AreTheLinesOfTheirTextInOrder) {
  const auto keys = parse(line_of('a') + "\n" + line_of('b') + "\n").value();
  ASSERT_EQ(keys.keys().size(), 2U);
  EXPECT_EQ(keys.keys()[0].expose(), std::string(32, 'a'));
  EXPECT_EQ(keys.keys()[1].expose(), std::string(32, 'b'));
}

TEST(MasterKeys, AreReadWithAFinalNewlineOrWithout) {
  EXPECT_EQ(parse(line_of('a')).value().keys().size(), 1U);
  EXPECT_EQ(parse(line_of('a') + "\n").value().keys().size(), 1U);
  EXPECT_EQ(problem_of(line_of('a') + "\n\n"), "line 2 is not 32 bytes of base64url");
}

TEST(MasterKeys, AreWrittenAsTheyAreRead) {
  const auto text = line_of('a') + "\n" + line_of('b') + "\n";
  EXPECT_EQ(text_of(parse(text).value()), text);
}

TEST(MasterKeys, AreAtMostEight) {
  std::string text;
  for (char byte = 'a'; byte < 'i'; ++byte) text += line_of(byte) + "\n";
  EXPECT_EQ(parse(text).value().keys().size(), 8U);
  EXPECT_EQ(problem_of(text + line_of('i')), "there are more than 8 lines");
}

TEST(MasterKeys, AreAllDifferent) {
  EXPECT_EQ(problem_of(line_of('a') + "\n" + line_of('b') + "\n" + line_of('a')), "line 3 repeats line 1");
}

TEST(MasterKeys, AreRefusedWhenALineIsAnythingButThirtyTwoBytesOfBase64url) {
  const auto good = line_of('a');
  const auto with_end = [&](std::string_view end) { return good.substr(0, good.size() - 1) + std::string(end); };
  for (const auto& bad :
       {std::string(), std::string("\n"), to_base64url(std::string(31, 'a')), to_base64url(std::string(33, 'a')),
        good + "=", good + " ", " " + good, good + "\r", with_end("+"), with_end("/"), with_end("F"), with_end(""),
        with_end(std::string_view{"\0", 1}), std::string(64, 'a'), std::string("# a comment")}) {
    EXPECT_EQ(problem_of(bad), "line 1 is not 32 bytes of base64url") << bad;
    EXPECT_EQ(problem_of(line_of('b') + "\n" + bad + "\n" + line_of('c')), "line 2 is not 32 bytes of base64url")
        << bad;
  }
}

TEST(MasterKeys, SayNothingOfALineThatIsRefused) { EXPECT_FALSE(problem_of("hunter2-hunter2").contains("hunter2")); }

TEST(MasterKeys, AreGeneratedAnewEachTime) {
  const auto one = MasterKeys::generate(), other = MasterKeys::generate();
  ASSERT_EQ(one.keys().size(), 1U);
  EXPECT_EQ(one.keys().front().size(), MasterKeys::kKeyBytes);
  EXPECT_NE(text_of(one), text_of(other));
  EXPECT_EQ(text_of(parse(text_of(one)).value()), text_of(one));
}

TEST(MasterKeys, TakeANewOneInFrontAndKeepTheOthers) {
  const auto old = parse(line_of('a') + "\n" + line_of('b')).value();
  const auto changed = old.with_new_first().value();
  ASSERT_EQ(changed.keys().size(), 3U);
  EXPECT_TRUE(text_of(changed).ends_with("\n" + text_of(old)));
  EXPECT_EQ(text_of(parse(text_of(changed)).value()), text_of(changed));
  EXPECT_NE(text_of(old.with_new_first().value()), text_of(changed));
}

TEST(MasterKeys, TakeNoNinth) {
  auto keys = MasterKeys::generate();
  for (int i = 1; i < 8; ++i) keys = keys.with_new_first().value();
  EXPECT_EQ(keys.with_new_first().error().code(), ErrorCode::conflict);
  EXPECT_EQ(parse(text_of(keys)).value().keys().size(), 8U);
}

TEST(MasterKeys, DropTheOldOnesWhenOnlyTheFirstIsKept) {
  const auto keys = parse(line_of('a') + "\n" + line_of('b')).value();
  EXPECT_EQ(text_of(keys.first_only()), line_of('a') + "\n");
}

}  // namespace
}  // namespace cardea
