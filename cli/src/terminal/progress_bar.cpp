#include "terminal/progress_bar.hpp"

#include <algorithm>
#include <cstdint>
#include <ostream>

namespace cardea::cli {
namespace {

constexpr std::size_t kWidth = 20;
constexpr std::chrono::milliseconds kBetween{100};
constexpr auto* kEmptyLine = "\r\x1B[K";

std::string bar(std::size_t bytes, std::size_t all_bytes) {
  const auto percent = std::min(bytes, all_bytes) * 100 / all_bytes;
  const auto done = percent * kWidth / 100;
  auto number = std::to_string(percent);
  number.insert(0, 3 - number.size(), ' ');
  return "[" + std::string(done, '#') + std::string(kWidth - done, ' ') + "] " + number + "%  ";
}

}  // namespace

std::string text_of(const Progress& progress) {
  const auto milliseconds = static_cast<std::size_t>(std::max<std::int64_t>(progress.elapsed.count(), 1));
  return (progress.all_bytes == 0 ? "" : bar(progress.bytes, progress.all_bytes)) + std::to_string(progress.users) +
         " users, " + std::to_string(progress.users * 1000 / milliseconds) + "/s";
}

void ProgressBar::show(std::size_t bytes, std::size_t users) {
  const auto now = Clock::now();
  if (!shown_ || now - last_ < kBetween) return;
  last_ = now;
  const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(now - started_);
  out_ << kEmptyLine << text_of({bytes, all_bytes_, users, elapsed}) << std::flush;
}

void ProgressBar::clear() {
  if (shown_ && last_ != Clock::time_point{}) out_ << kEmptyLine << std::flush;
  last_ = {};
}

}  // namespace cardea::cli
