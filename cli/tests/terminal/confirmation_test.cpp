#include "terminal/confirmation.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace cardea::cli {
namespace {

struct ConfirmationTest : testing::Test {
  bool asked(bool interactive, const std::string& typed) {
    in.str(typed);
    Terminal terminal{in, out, err, interactive};
    return is_confirmed(terminal, {"Delete carol?", "carol was not deleted", "--yes deletes without asking"});
  }

  std::istringstream in;
  std::ostringstream out, err;
};

TEST_F(ConfirmationTest, TakesYesFromAPerson) {
  EXPECT_TRUE(asked(true, "y\n"));
  EXPECT_EQ(err.str(), "Delete carol? [y/N] ");
}

TEST_F(ConfirmationTest, SaysWhatWasNotDoneAfterAnyOtherAnswer) {
  EXPECT_FALSE(asked(true, "no\n"));
  EXPECT_TRUE(err.str().ends_with("error: carol was not deleted\nhint: --yes deletes without asking\n"));
}

TEST_F(ConfirmationTest, AsksNoScript) {
  EXPECT_FALSE(asked(false, "y\n"));
  EXPECT_EQ(err.str(), "error: carol was not deleted\nhint: --yes deletes without asking\n");
  EXPECT_EQ(out.str(), "");
}

}  // namespace
}  // namespace cardea::cli
