#include "command_line/words_first.hpp"

#include <gtest/gtest.h>

#include <CLI/CLI.hpp>

namespace cardea::cli {
namespace {

using Words = std::vector<std::string>;

// A program with a group, a command in it, options that take values and a flag.
Words ordered(const Words& arguments) {
  CLI::App program;
  std::string file, role;
  bool json = false;
  program.add_option("--database", file);
  auto* add = program.add_subcommand("user")->add_subcommand("add");
  add->add_option("--role", role);
  add->add_flag("--json", json);
  return words_first(arguments, program);
}

TEST(WordsFirst, LeavesWordsThatAreFirst) {
  EXPECT_EQ(ordered({"user", "add", "carol", "--role", "admin"}), (Words{"user", "add", "carol", "--role", "admin"}));
}

TEST(WordsFirst, KeepsAnOptionTogetherWithItsValue) {
  EXPECT_EQ(ordered({"--role", "admin", "--database", "user", "user", "--json", "add", "carol"}),
            (Words{"user", "add", "carol", "--role", "admin", "--database", "user", "--json"}));
  EXPECT_EQ(ordered({"--role=admin", "user", "add"}), (Words{"user", "add", "--role=admin"}));
}

TEST(WordsFirst, TakesAValueThatLooksLikeAnOption) {
  EXPECT_EQ(ordered({"--role", "--json", "user"}), (Words{"user", "--role", "--json"}));
}

TEST(WordsFirst, LeavesWhatFollowsTwoHyphens) {
  EXPECT_EQ(ordered({"--json", "user", "add", "--", "--role"}), (Words{"user", "add", "--json", "--", "--role"}));
}

}  // namespace
}  // namespace cardea::cli
