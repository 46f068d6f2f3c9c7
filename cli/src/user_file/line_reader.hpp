// A stream, line by line: as long as it likes, with lines that are not.
#pragma once

#include <cstddef>
#include <deque>
#include <iosfwd>
#include <optional>
#include <string>

namespace cardea::cli {

struct Line {
  std::size_t number = 0;  // from 1
  std::string text;        // without "\n"
  bool too_long = false;   // then without text
};

class LineReader {
 public:
  static constexpr std::size_t kLongest = 65'536;

  explicit LineReader(std::istream& in) : in_(in) {}

  // Empty at the end. A line that ends with the stream is one, too, unless it is empty.
  std::optional<Line> next();

  // The next one of next().
  void give_back(Line line) { given_back_.push_front(std::move(line)); }

  // Read so far.
  std::size_t bytes() const noexcept { return bytes_; }

 private:
  std::istream& in_;
  std::deque<Line> given_back_;
  std::size_t number_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace cardea::cli
