#include "terminal/terminal.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace cardea::cli {
namespace {

struct TerminalTest : testing::Test {
  std::istringstream in;
  std::ostringstream out, err;
  Terminal terminal{in, out, err};
};

TEST_F(TerminalTest, ReadsAPasswordFromALineOfStandardInput) {
  in.str("correct horse \n");
  EXPECT_EQ(terminal.read_new_password("Password").value().expose(), "correct horse ");
  EXPECT_EQ(err.str(), "") << "a script sees no prompt";
}

TEST_F(TerminalTest, ReadsALineWithoutAnEnd) {
  in.str("correct horse");
  EXPECT_EQ(terminal.read_new_password("Password").value().expose(), "correct horse");
}

TEST_F(TerminalTest, ReadsNoPasswordFromNothing) {
  EXPECT_EQ(terminal.read_new_password("Password").error().public_text(), "Standard input is empty");
}

TEST_F(TerminalTest, ReadsNoMoreThanItIsAskedFor) {
  in.str(std::string(100, 'x'));
  EXPECT_EQ(terminal.read_all(10), std::string(10, 'x'));
}

TEST_F(TerminalTest, TakesNoAnswerForNo) {
  in.str("yes\n");
  EXPECT_FALSE(terminal.confirms("Delete everything?")) << "nobody sits there";
}

TEST_F(TerminalTest, SaysWhatIsWrongAndWhatToDo) {
  EXPECT_EQ(terminal.refuse(Error{ErrorCode::account_not_found}), ExitStatus::refused);
  EXPECT_EQ(err.str(), "error: No such user\nhint: `cardea user list` shows all of them\n");
}

TEST_F(TerminalTest, EndsWrongConfigurationWithItsOwnStatus) {
  EXPECT_EQ(terminal.refuse(Error{ErrorCode::configuration_invalid, PublicText{"threads: …"}}),
            ExitStatus::wrong_usage);
  EXPECT_EQ(err.str(), "error: threads: …\n");
}

}  // namespace
}  // namespace cardea::cli
