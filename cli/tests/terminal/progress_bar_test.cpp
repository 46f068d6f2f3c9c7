#include "terminal/progress_bar.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace cardea::cli {
namespace {

using namespace std::chrono_literals;

TEST(Progress, ShowsHowFarItIsAndHowFast) {
  EXPECT_EQ(text_of({50, 100, 120'000, 2500ms}), "[##########          ]  50%  120000 users, 48000/s");
  EXPECT_EQ(text_of({100, 100, 1, 1000ms}), "[####################] 100%  1 users, 1/s");
  EXPECT_EQ(text_of({0, 100, 0, 0ms}), "[                    ]   0%  0 users, 0/s");
  EXPECT_EQ(text_of({200, 100, 0, 0ms}), "[####################] 100%  0 users, 0/s") << "the file has grown";
  EXPECT_EQ(text_of({50, 0, 7, 1000ms}), "7 users, 7/s");
}

TEST(ProgressBar, WritesNothingWhereNobodyLooks) {
  std::ostringstream out;
  {
    ProgressBar bar{out, false, 100};
    bar.show(50, 1);
  }
  EXPECT_EQ(out.str(), "");
}

TEST(ProgressBar, LeavesAnEmptyLine) {
  std::ostringstream out;
  {
    ProgressBar bar{out, true, 100};
    bar.show(50, 1);
    bar.show(60, 2);  // too soon to be shown
  }
  EXPECT_TRUE(out.str().starts_with("\r\x1B[K[##########          ]  50%  1 users")) << out.str();
  EXPECT_TRUE(out.str().ends_with("/s\r\x1B[K"));
  EXPECT_FALSE(out.str().contains("60%"));
}

}  // namespace
}  // namespace cardea::cli
