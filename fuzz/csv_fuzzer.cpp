// CSV: what is read is read again from what is written of it.
#include <algorithm>
#include <cardea/core/base/csv.hpp>
#include <string>
#include <vector>

#include "fuzzers.hpp"
#include "property.hpp"

namespace cardea::fuzz {
namespace {

// The records of a text, until one is no record.
std::vector<std::vector<std::string>> records_of(std::string_view text) {
  std::vector<std::vector<std::string>> records;
  CsvRecord record;
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const auto state = record.add_line(line);
    if (state == CsvRecord::State::malformed) break;
    if (state == CsvRecord::State::whole) records.push_back(record.fields());
  }
  return records;
}

}  // namespace

void csv(std::string_view text) {
  const auto records = records_of(text);
  std::string written;
  for (const auto& fields : records) append_csv_record(written, fields);
  require(records_of(written) == records, "what was written is the same records");
}

}  // namespace cardea::fuzz
