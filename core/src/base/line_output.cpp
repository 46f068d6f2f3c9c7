#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cardea/core/base/line_output.hpp>
#include <cerrno>
#include <climits>
#include <new>
#include <utility>

namespace cardea {
namespace {

constexpr std::size_t kLargestChunkOfAFile = 64 * 1024;

// A pipe that can be written to takes so much without waiting, and in one piece (pipe(7)).
std::size_t largest_chunk_for(int descriptor) {
  struct stat status{};
  const bool is_file = ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
  return is_file ? kLargestChunkOfAFile : PIPE_BUF;
}

// As many whole lines as there is room for, or as much of one.
std::string_view first_chunk(std::string_view lines, std::size_t room) {
  if (lines.size() <= room) return lines;
  const auto end = lines.rfind('\n', room - 1);
  return lines.substr(0, end == std::string_view::npos ? room : end + 1);
}

std::uint64_t count_lines(std::string_view lines) {
  return static_cast<std::uint64_t>(std::ranges::count(lines, '\n')) + (lines.ends_with('\n') ? 0 : 1);
}

}  // namespace

LineOutput::LineOutput(int descriptor, std::chrono::milliseconds patience, GapLine gap_line)
    : descriptor_(descriptor),
      largest_chunk_(largest_chunk_for(descriptor)),
      patience_(patience),
      gap_line_(std::move(gap_line)) {}

void LineOutput::write(std::string_view lines) noexcept {
  const std::lock_guard lock(mutex_);
  try {
    const bool is_stalled = dropped_ != 0;
    const auto patience = is_stalled ? std::chrono::milliseconds{0} : patience_;
    if (is_stalled && write_lines(gap_line_(dropped_), patience) == 0) dropped_ = 0;
    dropped_ += dropped_ == 0 ? write_lines(lines, patience) : count_lines(lines);
  } catch (const std::bad_alloc&) {
    dropped_ += count_lines(lines);
  }
}

std::uint64_t LineOutput::write_lines(std::string_view lines, std::chrono::milliseconds patience) {
  chunk_.assign(is_inside_a_line_ ? 1 : 0, '\n');
  while (!lines.empty()) {
    const auto taken = first_chunk(lines, largest_chunk_ - 2);  // the ends before and behind it
    chunk_.append(taken);
    if (taken.size() == lines.size() && !taken.ends_with('\n')) chunk_.push_back('\n');
    if (!write_chunk(chunk_, patience)) return count_lines(lines);
    chunk_.clear();
    lines.remove_prefix(taken.size());
  }
  return 0;
}

bool LineOutput::write_chunk(std::string_view chunk, std::chrono::milliseconds patience) {
  while (!chunk.empty()) {
    if (!takes_more(patience)) return false;
    const auto written = ::write(descriptor_, chunk.data(), chunk.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    const auto count = static_cast<std::size_t>(written);
    is_inside_a_line_ = chunk[count - 1] != '\n';
    chunk.remove_prefix(count);
  }
  return true;
}

bool LineOutput::takes_more(std::chrono::milliseconds patience) const {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  pollfd waiting{.fd = descriptor_, .events = POLLOUT, .revents = 0};
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
    const int ready = ::poll(&waiting, 1, static_cast<int>(std::clamp<std::int64_t>(left, 0, INT_MAX)));
    if (ready >= 0 || errno != EINTR) return ready > 0;
  }
}

}  // namespace cardea
