// A file of users, one after the other.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "user_file/line_reader.hpp"
#include "user_file/user_columns.hpp"

namespace cardea::cli {

enum class UserFileFormat : unsigned char { csv, json_lines };

// `word` is csv or jsonl; without one the file's name says it by its end: .csv, .jsonl, .ndjson.
// Error: configuration_invalid.
Result<UserFileFormat> user_file_format(std::string_view file, std::string_view word);

struct UserLine {
  std::size_t number = 0;
  Result<UserColumns> columns;  // error: invalid_request, whose public text is the reason
};

class UserFileReader {
 public:
  // Reads the heading of CSV. Error: invalid_request for a heading that cannot be used, and for an unknown column
  // unless `ignore_columns`.
  static Result<std::unique_ptr<UserFileReader>> open(std::istream& in, UserFileFormat format, bool ignore_columns);

  virtual ~UserFileReader() = default;

  // Empty at the end; empty lines are left out. What is wrong in one line leaves the others alone.
  virtual std::optional<UserLine> next() = 0;

  std::size_t bytes() const noexcept { return lines_.bytes(); }

 protected:
  explicit UserFileReader(std::istream& in) : lines_(in) {}
  LineReader lines_;
};

}  // namespace cardea::cli
