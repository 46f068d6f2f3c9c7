#include "terminal/table.hpp"

#include <algorithm>

#include "terminal/printable.hpp"

namespace cardea::cli {
namespace {

// Code points, which is as good as columns for what is shown here.
std::size_t width_of(const std::string& cell) {
  return static_cast<std::size_t>(
      std::ranges::count_if(cell, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string line(const Row& row, const std::vector<std::size_t>& widths) {
  std::string text;
  for (std::size_t i = 0; i < row.size(); ++i) {
    text += row[i];
    if (i + 1 < row.size()) text.append(widths[i] - width_of(row[i]) + 2, ' ');
  }
  text.erase(text.find_last_not_of(' ') + 1);
  return text + '\n';
}

}  // namespace

std::string table(const Row& heading, std::vector<Row> rows) {
  for (auto& row : rows) std::ranges::transform(row, row.begin(), printable);
  std::vector<std::size_t> widths;
  for (const auto& cell : heading) widths.push_back(width_of(cell));
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
  }
  std::string text = line(heading, widths);
  for (const auto& row : rows) text += line(row, widths);
  return text;
}

}  // namespace cardea::cli
