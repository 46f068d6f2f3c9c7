#include "user_file/csv_user_file.hpp"

#include <algorithm>
#include <cardea/core/base/csv.hpp>
#include <ranges>

namespace cardea::cli {
namespace {

std::unexpected<Error> refused(std::string reason) {
  return failure(ErrorCode::invalid_request, PublicText{std::move(reason)});
}

bool is_empty(const std::string& text) { return text.empty() || text == "\r"; }

}  // namespace

// A quote that is not closed would take the rest of the file: its line is refused, and the ones behind it are read
// again.
CsvUserFile::Record CsvUserFile::unfinished(const Line& first, std::vector<Line> others) {
  for (auto& line : others | std::views::reverse) lines_.give_back(std::move(line));
  return {first.number, refused("a quoted field does not end")};
}

std::optional<CsvUserFile::Record> CsvUserFile::next_record() {
  auto first = lines_.next();
  while (first && !first->too_long && is_empty(first->text)) first = lines_.next();
  if (!first) return std::nullopt;
  if (first->too_long) return Record{first->number, refused("a line of more than 65536 bytes")};
  CsvRecord record;
  auto state = record.add_line(first->text);
  std::size_t size = first->text.size();
  std::vector<Line> others;
  while (state == CsvRecord::State::unfinished) {
    auto line = lines_.next();
    if (!line) return unfinished(*first, std::move(others));
    others.push_back(*std::move(line));
    size += others.back().text.size() + 1;
    if (others.back().too_long || size > LineReader::kLongest) {
      return unfinished(*first, std::move(others));
    }
    state = record.add_line(others.back().text);
  }
  if (state == CsvRecord::State::malformed) return Record{first->number, refused("a quote in the wrong place")};
  return Record{first->number, record.fields()};
}

Done CsvUserFile::read_heading(bool ignore_columns) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  const auto heading = next_record();
  if (!heading) return refused("the file is empty; its first line names the columns");
  if (!heading->fields) return failure(heading->fields.error());
  for (const auto& field : *heading->fields) {
    std::string_view name = field;
    if (columns_.empty() && name.starts_with(kByteOrderMark)) name.remove_prefix(kByteOrderMark.size());
    const auto column = user_column_named(name);
    if (!column && !ignore_columns) return failure(unknown_column(name));
    if (column && std::ranges::find(columns_, column) != columns_.end()) {
      return refused("column " + std::string(name) + " is there twice");
    }
    columns_.push_back(column);
  }
  if (std::ranges::find(columns_, UserColumn::username) == columns_.end()) {
    return refused("the first line names no column username");
  }
  return {};
}

std::optional<UserLine> CsvUserFile::next() {
  auto record = next_record();
  if (!record) return std::nullopt;
  if (!record->fields) return UserLine{record->number, failure(std::move(record->fields).error())};
  if (record->fields->size() != columns_.size()) {
    return UserLine{record->number, refused(std::to_string(record->fields->size()) +
                                            " fields, where the first line has " + std::to_string(columns_.size()))};
  }
  UserColumns columns;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i]) columns[*columns_[i]] = std::move((*record->fields)[i]);
  }
  return UserLine{record->number, std::move(columns)};
}

}  // namespace cardea::cli
