#include "user_file/line_reader.hpp"

#include <istream>

namespace cardea::cli {

std::optional<Line> LineReader::next() {
  if (!given_back_.empty()) {
    auto line = std::move(given_back_.front());
    given_back_.pop_front();
    return line;
  }
  Line line;
  auto* const bytes = in_.rdbuf();
  int c = bytes->sbumpc();
  if (c == std::char_traits<char>::eof()) return std::nullopt;
  for (; c != std::char_traits<char>::eof(); c = bytes->sbumpc()) {
    ++bytes_;
    if (c == '\n') break;
    if (line.text.size() < kLongest) {
      line.text += static_cast<char>(c);
    } else {
      line.too_long = true;
    }
  }
  if (line.too_long) line.text.clear();
  line.number = ++number_;
  return line;
}

}  // namespace cardea::cli
