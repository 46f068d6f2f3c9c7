// How far a long command is, on one line of the terminal that is written over and over.
#pragma once

#include <chrono>
#include <cstddef>
#include <iosfwd>
#include <string>

namespace cardea::cli {

struct Progress {
  std::size_t bytes = 0;
  std::size_t all_bytes = 0;  // 0: not known
  std::size_t users = 0;
  std::chrono::milliseconds elapsed{0};
};

// "[##########          ]  50%  120000 users, 48000/s"; without the bar when the end is not known.
std::string text_of(const Progress& progress);

class ProgressBar {
 public:
  using Clock = std::chrono::steady_clock;

  // Shows nothing unless `shown`.
  ProgressBar(std::ostream& out, bool shown, std::size_t all_bytes)
      : out_(out), shown_(shown), all_bytes_(all_bytes), started_(Clock::now()) {}
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;
  ~ProgressBar() { clear(); }

  // Writes ten times a second at most.
  void show(std::size_t bytes, std::size_t users);
  // Leaves the line empty.
  void clear();

 private:
  std::ostream& out_;
  bool shown_;
  std::size_t all_bytes_;
  Clock::time_point started_;
  Clock::time_point last_;
};

}  // namespace cardea::cli
