#include "migration/statements_of.hpp"

#include <algorithm>
#include <utility>

namespace cardea::sql {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const auto first = text.find_first_not_of(kBlank);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

}  // namespace

std::vector<std::string> statements_of(std::string_view sql) {
  std::vector<std::string> statements;
  std::string current;
  while (!sql.empty()) {
    const auto line = trimmed(sql.substr(0, sql.find('\n')));
    sql.remove_prefix(std::min(sql.size(), sql.find('\n') == sql.npos ? sql.size() : sql.find('\n') + 1));
    if (line.empty() || line.starts_with("--")) continue;
    const bool ends = line.ends_with(';');
    if (!current.empty()) current += '\n';
    current += ends ? line.substr(0, line.size() - 1) : line;
    if (ends) statements.push_back(std::exchange(current, {}));
  }
  if (!current.empty()) statements.push_back(std::move(current));
  return statements;
}

}  // namespace cardea::sql
