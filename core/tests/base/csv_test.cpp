#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cardea/core/base/csv.hpp>

namespace cardea {
namespace {

using State = CsvRecord::State;
using testing::ElementsAre;

std::vector<std::string> fields_of(std::string_view line) {
  CsvRecord record;
  EXPECT_EQ(record.add_line(line), State::whole) << line;
  return record.fields();
}

TEST(CsvRecord, ReadsFieldsAsTheyStand) {
  EXPECT_THAT(fields_of("a,b,c"), ElementsAre("a", "b", "c"));
  EXPECT_THAT(fields_of(" a , b "), ElementsAre(" a ", " b "));
  EXPECT_THAT(fields_of(",a,"), ElementsAre("", "a", ""));
  EXPECT_THAT(fields_of(""), ElementsAre(""));
  EXPECT_THAT(fields_of("a,b\r"), ElementsAre("a", "b"));
  EXPECT_THAT(fields_of("a,\r"), ElementsAre("a", ""));
}

TEST(CsvRecord, ReadsQuotedFields) {
  EXPECT_THAT(fields_of(R"("a,b","","c ""d""")"), ElementsAre("a,b", "", "c \"d\""));
  EXPECT_THAT(fields_of("\"a\",\"b\"\r"), ElementsAre("a", "b"));
  EXPECT_THAT(fields_of(R"("""")"), ElementsAre("\""));
}

TEST(CsvRecord, ReadsAFieldOverSeveralLines) {
  CsvRecord record;
  EXPECT_EQ(record.add_line("a,\"b\r"), State::unfinished);
  EXPECT_EQ(record.add_line(""), State::unfinished);
  EXPECT_EQ(record.add_line("c \"\"d\"\",\",e\r"), State::whole);
  EXPECT_THAT(record.fields(), ElementsAre("a", "b\r\n\nc \"d\",", "e"));
  EXPECT_EQ(record.add_line("next"), State::whole);
  EXPECT_THAT(record.fields(), ElementsAre("next"));
}

TEST(CsvRecord, RefusesAQuoteInTheWrongPlace) {
  for (const auto* line : {"a\"b", "a\"", "\"a\"b", "\"a\" ,b", "a\rb", "\"a\"\rb"}) {
    EXPECT_EQ(CsvRecord{}.add_line(line), State::malformed) << line;
  }
  CsvRecord record;
  EXPECT_EQ(record.add_line("\"a"), State::unfinished);
  EXPECT_EQ(record.add_line("b\"c"), State::malformed);
}

TEST(AppendCsvRecord, QuotesWhatItHasTo) {
  std::string text;
  append_csv_record(text, std::vector<std::string>{"a", "b,c", "d\"e", "f\ng", "", " h "});
  EXPECT_EQ(text, "a,\"b,c\",\"d\"\"e\",\"f\ng\",, h \r\n");
}

}  // namespace
}  // namespace cardea
