// Users as JSON lines: an object a line, whose members are the columns.
#pragma once

#include "user_file/user_file_reader.hpp"

namespace cardea::cli {

class JsonUserFile final : public UserFileReader {
 public:
  JsonUserFile(std::istream& in, bool ignore_columns) : UserFileReader(in), ignore_columns_(ignore_columns) {}

  std::optional<UserLine> next() override;

 private:
  Result<UserColumns> read(const Line& line) const;
  bool ignore_columns_;
};

}  // namespace cardea::cli
