// Users as CSV (RFC 4180) with a heading that names the columns.
#pragma once

#include <vector>

#include "user_file/user_file_reader.hpp"

namespace cardea::cli {

class CsvUserFile final : public UserFileReader {
 public:
  explicit CsvUserFile(std::istream& in) : UserFileReader(in) {}

  // First of all. Error: invalid_request.
  Done read_heading(bool ignore_columns);

  std::optional<UserLine> next() override;

 private:
  struct Record {
    std::size_t number = 0;
    Result<std::vector<std::string>> fields;
  };
  std::optional<Record> next_record();
  Record unfinished(const Line& first, std::vector<Line> others);

  std::vector<std::optional<UserColumn>> columns_;  // none: left out
};

}  // namespace cardea::cli
