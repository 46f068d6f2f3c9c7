#include <cardea/core/base/csv.hpp>

namespace cardea {
namespace {

constexpr std::string_view kNeedsQuotes = "\",\r\n";

std::string in_quotes(std::string_view field) {
  std::string text = "\"";
  for (const char c : field) text.append(c == '"' ? 2 : 1, c);
  return text + '"';
}

}  // namespace

CsvRecord::State CsvRecord::add_line(std::string_view line) {
  if (!in_quotes_) {
    fields_.assign(1, {});
    return read_fields(line);
  }
  fields_.back() += '\n';
  if (!read_quoted(line)) return State::unfinished;
  in_quotes_ = false;
  if (line.empty() || line == "\r") return State::whole;
  if (line.front() != ',') return State::malformed;
  fields_.emplace_back();
  return read_fields(line.substr(1));
}

// The last field is there, and empty.
CsvRecord::State CsvRecord::read_fields(std::string_view line) {
  while (true) {
    if (line.starts_with('"')) {
      line.remove_prefix(1);
      in_quotes_ = !read_quoted(line);
      if (in_quotes_) return State::unfinished;
      if (line == "\r") line = {};
    } else {
      const auto field = line.substr(0, line.find(','));
      fields_.back() = field;
      line.remove_prefix(field.size());
      if (line.empty() && fields_.back().ends_with('\r')) fields_.back().pop_back();
      if (fields_.back().find_first_of("\"\r") != std::string::npos) return State::malformed;
    }
    if (line.empty()) return State::whole;
    if (line.front() != ',') return State::malformed;
    line.remove_prefix(1);
    fields_.emplace_back();
  }
}

bool CsvRecord::read_quoted(std::string_view& line) {
  while (true) {
    const auto quote = line.find('"');
    fields_.back() += line.substr(0, quote);
    if (quote == std::string_view::npos) return false;
    line.remove_prefix(quote + 1);
    if (!line.starts_with('"')) return true;
    fields_.back() += '"';
    line.remove_prefix(1);
  }
}

void append_csv_record(std::string& out, std::span<const std::string> fields) {
  bool first = true;
  for (const auto& field : fields) {
    if (!first) out += ',';
    first = false;
    out += field.find_first_of(kNeedsQuotes) == std::string::npos ? field : in_quotes(field);
  }
  out += "\r\n";
}

}  // namespace cardea
