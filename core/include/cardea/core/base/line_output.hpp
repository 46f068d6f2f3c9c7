// Lines of a log to a descriptor whose reader may hang: a full pipe holds nobody up.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

namespace cardea {

class LineOutput {
 public:
  // The line, without its end, that says how many could not be written.
  using GapLine = std::function<std::string(std::uint64_t dropped)>;

  // `descriptor` stays the caller's. `patience`: how long a writer waits for a reader who takes
  // nothing.
  LineOutput(int descriptor, std::chrono::milliseconds patience, GapLine gap_line);

  // Writes whole lines; the last one's end is added. Thread-safe, and lines of up to 4 KiB are never mixed with those
  // of other writers to the same pipe. What the reader does not take, or the system refuses, is dropped; once something
  // has been, nobody waits any more, and the gap line comes before what can be written next.
  void write(std::string_view lines) noexcept;

 private:
  // How many lines were not written whole.
  std::uint64_t write_lines(std::string_view lines, std::chrono::milliseconds patience);
  bool write_chunk(std::string_view chunk, std::chrono::milliseconds patience);
  bool takes_more(std::chrono::milliseconds patience) const;

  const int descriptor_;
  const std::size_t largest_chunk_;
  const std::chrono::milliseconds patience_;
  const GapLine gap_line_;

  std::mutex mutex_;
  std::uint64_t dropped_ = 0;
  bool is_inside_a_line_ = false;  // which ended where the reader stopped
  std::string chunk_;
};

}  // namespace cardea
