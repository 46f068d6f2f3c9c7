#include "user_file/user_file_reader.hpp"

#include "user_file/csv_user_file.hpp"
#include "user_file/json_user_file.hpp"

namespace cardea::cli {

Result<UserFileFormat> user_file_format(std::string_view file, std::string_view word) {
  const auto is = [&](std::string_view name, std::string_view ending) {
    return word.empty() ? file.ends_with(ending) : word == name;
  };
  if (is("csv", ".csv")) return UserFileFormat::csv;
  if (is("jsonl", ".jsonl") || is("jsonl", ".ndjson")) return UserFileFormat::json_lines;
  return failure(ErrorCode::configuration_invalid,
                 PublicText{"--format: csv or jsonl, unless the file's name ends in .csv or .jsonl"});
}

Result<std::unique_ptr<UserFileReader>> UserFileReader::open(std::istream& in, UserFileFormat format,
                                                             bool ignore_columns) {
  if (format == UserFileFormat::json_lines) return std::make_unique<JsonUserFile>(in, ignore_columns);
  auto file = std::make_unique<CsvUserFile>(in);
  if (auto read = file->read_heading(ignore_columns); !read) return failure(std::move(read).error());
  return file;
}

}  // namespace cardea::cli
