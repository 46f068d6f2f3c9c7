// Comma-separated values (RFC 4180), strictly: a quote stands around a whole field or, doubled, inside such a field.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cardea {

// Reads one record, line by line: a quoted field may go on over several.
class CsvRecord {
 public:
  enum class State : unsigned char { whole, unfinished, malformed };

  // A line without its "\n"; a "\r" before it belongs to the end of a record, and to a field that goes on.
  State add_line(std::string_view line);

  // Those of a whole record; one that is empty for an empty line.
  const std::vector<std::string>& fields() const noexcept { return fields_; }

 private:
  State read_fields(std::string_view line);
  // Up to the quote that ends the field; false if the field goes on in the next line.
  bool read_quoted(std::string_view& line);

  std::vector<std::string> fields_;
  bool in_quotes_ = false;
};

// Quotes what has to be, and ends the record with "\r\n".
void append_csv_record(std::string& out, std::span<const std::string> fields);

}  // namespace cardea
