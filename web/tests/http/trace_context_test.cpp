#include <gtest/gtest.h>

#include <cardea/web/http/trace_context.hpp>
#include <random>
#include <regex>
#include <string>

namespace cardea::web {
namespace {

// The example of the recommendation, section 3.2.
constexpr std::string_view kExample = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

std::string with(std::size_t place, std::string_view text) {
  std::string changed(kExample);
  changed.replace(place, text.size(), text);
  return changed;
}

bool is_taken(std::string_view text) { return TraceContext::parse(text).has_value(); }

TEST(TraceContext, ReadsTheExampleOfTheRecommendation) {
  const auto context = TraceContext::parse(kExample);
  ASSERT_TRUE(context.has_value());
  EXPECT_EQ(context->trace_id(), "4bf92f3577b34da6a3ce929d0e0e4736");
  EXPECT_EQ(context->parent_id(), "00f067aa0ba902b7");
  EXPECT_TRUE(context->is_sampled());
}

TEST(TraceContext, ReadsTheSampledFlagAmongOthers) {
  EXPECT_FALSE(TraceContext::parse(with(53, "00"))->is_sampled());
  EXPECT_FALSE(TraceContext::parse(with(53, "fe"))->is_sampled());
  EXPECT_TRUE(TraceContext::parse(with(53, "03"))->is_sampled());
  EXPECT_TRUE(TraceContext::parse(with(53, "ff"))->is_sampled());
}

TEST(TraceContext, IgnoresIdsThatAreAllZeros) {
  EXPECT_FALSE(is_taken(with(3, std::string(32, '0'))));
  EXPECT_FALSE(is_taken(with(36, std::string(16, '0'))));
}

TEST(TraceContext, IgnoresUpperCase) {
  EXPECT_FALSE(is_taken(with(4, "B")));
  EXPECT_FALSE(is_taken(with(39, "F")));
  EXPECT_FALSE(is_taken(with(54, "A")));
}

TEST(TraceContext, IgnoresVersion00ThatIsLongerOrShorter) {
  EXPECT_FALSE(is_taken(std::string(kExample) + "-"));
  EXPECT_FALSE(is_taken(std::string(kExample) + "-more"));
  EXPECT_FALSE(is_taken(std::string(kExample) + " "));
  EXPECT_FALSE(is_taken(kExample.substr(0, 54)));
  EXPECT_FALSE(is_taken(""));
}

TEST(TraceContext, IgnoresTheVersionThatThereIsNot) { EXPECT_FALSE(is_taken(with(0, "ff"))); }

TEST(TraceContext, ReadsOfALaterVersionWhatTheFirstOneHas) {
  for (const auto* version : {"01", "cc", "fe"}) {
    const auto later = with(0, version);
    EXPECT_TRUE(is_taken(later)) << later;
    EXPECT_TRUE(is_taken(later + "-what-will-be")) << later;
    EXPECT_TRUE(is_taken(later + "-")) << later;
    EXPECT_EQ(TraceContext::parse(later + "-more")->trace_id(), "4bf92f3577b34da6a3ce929d0e0e4736");
    EXPECT_FALSE(is_taken(later + ".what-will-be")) << "the flags end with the text or with a dash";
    EXPECT_FALSE(is_taken(later.substr(0, 54))) << later;
  }
}

TEST(TraceContext, TakesWhatTheGrammarTakesOfEveryOtherCharacterInEveryPlace) {
  const std::regex version_00("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
  const std::regex later("(?!00|ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-[^]*)?");
  for (std::size_t place = 0; place < kExample.size(); ++place) {
    for (int byte = 0; byte < 256; ++byte) {
      const auto text = with(place, std::string(1, static_cast<char>(byte)));
      const bool expected = std::regex_match(text, version_00) || std::regex_match(text, later);
      ASSERT_EQ(is_taken(text), expected) << place << ' ' << byte;
    }
  }
}

TEST(TraceContext, TakesWhatTheGrammarTakesOfRandomText) {
  const std::regex grammar("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-[^]*)?");
  std::minstd_rand random{20260101};  // NOLINT(cert-msc51-cpp): the same texts each time
  const std::string_view characters = "0123456789abcdefAFg- ";
  for (int round = 0; round < 20'000; ++round) {
    std::string text(kExample);
    for (std::size_t edits = random() % 3; edits > 0; --edits) {
      const auto place = random() % (text.size() + 1);
      const char c = characters[random() % characters.size()];
      switch (random() % 3) {
        case 0: text.insert(place, 1, c); break;
        case 1: text.erase(place, 1); break;
        default: text.replace(place, 1, 1, c);
      }
    }
    const bool too_long = text.starts_with("00") && text.size() != kExample.size();
    ASSERT_EQ(is_taken(text), std::regex_match(text, grammar) && !too_long) << text;
  }
}

TEST(TraceContext, IsThatOfTheOneFieldThereIs) {
  Headers headers;
  headers.add("X-Other", kExample);
  EXPECT_FALSE(TraceContext::of(headers.fields()).has_value());
  headers.add("TraceParent", kExample);
  EXPECT_TRUE(TraceContext::of(headers.fields()).has_value());
  headers.add("traceparent", kExample);
  EXPECT_FALSE(TraceContext::of(headers.fields()).has_value()) << "two of them are none";
}

}  // namespace
}  // namespace cardea::web
