#include "user_file/json_user_file.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/object.hpp>
#include <cardea/core/base/strict_json.hpp>

namespace cardea::cli {
namespace {

std::unexpected<Error> refused(std::string reason) {
  return failure(ErrorCode::invalid_request, PublicText{std::move(reason)});
}

// A number is a time in seconds; null is no value.
std::optional<std::string> text_of(const boost::json::value& value) {
  if (const auto* const text = value.if_string()) return std::string(*text);
  if (const auto* const flag = value.if_bool()) return *flag ? "true" : "false";
  if (const auto* const number = value.if_int64()) return std::to_string(*number);
  if (value.is_null()) return std::string{};
  return std::nullopt;
}

}  // namespace

Result<UserColumns> JsonUserFile::read(const Line& line) const {
  if (line.too_long) return refused("a line of more than 65536 bytes");
  boost::json::monotonic_resource memory;
  const auto value = parse_strict_json(line.text, {.max_depth = 4, .max_size = LineReader::kLongest}, &memory);
  if (!value || !value->is_object()) return refused("no JSON object");
  UserColumns columns;
  for (const auto& [key, member] : value->get_object()) {
    const std::string_view name = key;
    const auto column = user_column_named(name);
    if (!column && !ignore_columns_) return failure(unknown_column(name));
    if (!column) continue;
    auto text = text_of(member);
    if (!text) return refused(std::string(name) + " is no text");
    columns[*column] = *std::move(text);
  }
  return columns;
}

std::optional<UserLine> JsonUserFile::next() {
  auto line = lines_.next();
  while (line && !line->too_long && line->text.find_first_not_of(" \t\r") == std::string::npos) line = lines_.next();
  if (!line) return std::nullopt;
  return UserLine{line->number, read(*line)};
}

}  // namespace cardea::cli
