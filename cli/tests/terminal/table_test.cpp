#include "terminal/table.hpp"

#include <gtest/gtest.h>

namespace cardea::cli {
namespace {

TEST(Table, IsAsWideAsItsLongestCellsAndHasNoSpaceAtTheEnd) {
  EXPECT_EQ(table({"ID", "NAME", "STATE"}, {{"1", "alice", "active"}, {"12", "bo", "x"}}),
            "ID  NAME   STATE\n"
            "1   alice  active\n"
            "12  bo     x\n");
}

TEST(Table, CountsCharactersAndNotBytes) {
  EXPECT_EQ(table({"A", "B"}, {{"äö", "1"}, {"xyz", "2"}}), "A    B\näö   1\nxyz  2\n");
}

TEST(Table, ShowsNoControlCharacters) {
  EXPECT_EQ(table({"A", "B"}, {{"x\x1b[2Jy\nz", "1"}, {"\u009b\xff", "2"}}),
            "A         B\n"
            "x?[2Jy?z  1\n"
            "??        2\n");
}

}  // namespace
}  // namespace cardea::cli
