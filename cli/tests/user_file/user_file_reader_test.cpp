#include "user_file/user_file_reader.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace cardea::cli {
namespace {

// Each line as "number:username/password_hash" or "number! reason".
std::vector<std::string> lines_of(std::istream& in, UserFileFormat format, bool ignore_columns = false) {
  const auto reader = UserFileReader::open(in, format, ignore_columns);
  if (!reader) return {std::string(reader.error().public_text())};
  std::vector<std::string> lines;
  while (auto line = (*reader)->next()) {
    const auto number = std::to_string(line->number);
    if (line->columns) {
      lines.push_back(number + ":" + (*line->columns)[UserColumn::username] + "/" +
                      (*line->columns)[UserColumn::password_hash]);
    } else {
      lines.push_back(number + "! " + std::string(line->columns.error().public_text()));
    }
  }
  return lines;
}

std::vector<std::string> csv(std::string text, bool ignore_columns = false) {
  std::istringstream in{std::move(text)};
  return lines_of(in, UserFileFormat::csv, ignore_columns);
}

std::vector<std::string> json(std::string text, bool ignore_columns = false) {
  std::istringstream in{std::move(text)};
  return lines_of(in, UserFileFormat::json_lines, ignore_columns);
}

using Lines = std::vector<std::string>;

TEST(CsvUserFile, ReadsTheColumnsThatItsFirstLineNames) {
  EXPECT_EQ(csv("password_hash,username\nh,alice\r\n\n\"i\",\"bob\"\n"), (Lines{"2:alice/h", "4:bob/i"}));
  EXPECT_EQ(csv("\xEF\xBB\xBFusername,password_hash\r\nalice,h"), (Lines{"2:alice/h"}));
}

TEST(CsvUserFile, CountsTheLinesOfAFieldThatHasSeveral) {
  EXPECT_EQ(csv("username,password_hash\nalice,\"a\nb\"\nbob,c\n"), (Lines{"2:alice/a\nb", "4:bob/c"}));
}

TEST(CsvUserFile, RefusesABrokenLineAndReadsTheOthers) {
  EXPECT_EQ(csv("username,password_hash\nal\"ice,h\nbob\ncarol,x,y\ndave,h\n"),
            (Lines{"2! a quote in the wrong place", "3! 1 fields, where the first line has 2",
                   "4! 3 fields, where the first line has 2", "5:dave/h"}));
  EXPECT_EQ(csv("username,password_hash\nalice,\"h\nbob,h\ncarol,h\n"),
            (Lines{"2! a quoted field does not end", "3:bob/h", "4:carol/h"}));
  EXPECT_EQ(csv("username,password_hash\n" + std::string(70'000, 'x') + "\nbob,h\n"),
            (Lines{"2! a line of more than 65536 bytes", "3:bob/h"}));
  std::string endless = "username,password_hash\nalice,\"h\n";
  for (int i = 0; i < 10'000; ++i) endless += "bob,hhhhh\n";
  EXPECT_EQ(csv(endless).size(), 10'001U);
}

TEST(CsvUserFile, RefusesAFirstLineThatItCannotUse) {
  EXPECT_EQ(csv(""), (Lines{"the file is empty; its first line names the columns"}));
  EXPECT_EQ(csv("role\nuser\n"), (Lines{"the first line names no column username"}));
  EXPECT_EQ(csv("username,role,username\n"), (Lines{"column username is there twice"}));
  EXPECT_EQ(csv("username,phone\nalice,1\n"), (Lines{"unknown column \"phone\"; --ignore-columns leaves it out"}));
  EXPECT_EQ(csv("username,phone,password_hash,fax\nalice,1,h,2\n", true), (Lines{"2:alice/h"}));
}

TEST(JsonUserFile, ReadsAnObjectALine) {
  EXPECT_EQ(
      json("{\"username\":\"alice\",\"password_hash\":\"h\"}\n\n {\"username\":\"bob\",\"password_hash\":null}\r\n"),
      (Lines{"1:alice/h", "3:bob/"}));
}

TEST(JsonUserFile, RefusesABrokenLineAndReadsTheOthers) {
  EXPECT_EQ(json("{\"username\":\"alice\"\n[]\n{\"username\":\"a\",\"username\":\"b\"}\n{\"username\":[]}\n"
                 "{\"username\":\"dave\",\"phone\":1}\n{\"username\":\"erin\",\"password_hash\":\"h\"}\n"),
            (Lines{"1! no JSON object", "2! no JSON object", "3! no JSON object", "4! username is no text",
                   "5! unknown column \"phone\"; --ignore-columns leaves it out", "6:erin/h"}));
  EXPECT_EQ(json("{\"username\":\"dave\",\"phone\":{\"a\":[1]}}\n", true), (Lines{"1:dave/"}));
}

TEST(UserFileFormat, IsSaidByTheNameOrTheWord) {
  EXPECT_EQ(user_file_format("users.csv", "").value(), UserFileFormat::csv);
  EXPECT_EQ(user_file_format("users.jsonl", "").value(), UserFileFormat::json_lines);
  EXPECT_EQ(user_file_format("users.ndjson", "").value(), UserFileFormat::json_lines);
  EXPECT_EQ(user_file_format("users.csv", "jsonl").value(), UserFileFormat::json_lines);
  EXPECT_EQ(user_file_format("-", "csv").value(), UserFileFormat::csv);
  EXPECT_EQ(user_file_format("-", "").error().code(), ErrorCode::configuration_invalid);
  EXPECT_EQ(user_file_format("users.csv", "xml").error().code(), ErrorCode::configuration_invalid);
}

}  // namespace
}  // namespace cardea::cli
