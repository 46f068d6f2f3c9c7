#include <sys/resource.h>
#include <sys/timex.h>

#include <cardea/service/diagnosis/machine.hpp>
#include <system_error>

namespace cardea::service {
namespace {

// Asks, and sets nothing (adjtimex(2)).
std::optional<bool> kernel_clock_is_synchronised() {
  timex question{};
  const int state = ::adjtimex(&question);
  if (state < 0) return std::nullopt;
  return state != TIME_ERROR && (question.status & STA_UNSYNC) == 0;
}

std::uint64_t open_file_limit() {
  rlimit limit{};
  return ::getrlimit(RLIMIT_NOFILE, &limit) == 0 ? limit.rlim_cur : 0;
}

}  // namespace

Machine Machine::at(Instant now, const std::filesystem::path& folder) {
  std::error_code error;
  const auto space = std::filesystem::space(folder, error);
  return {.now = now,
          .clock_is_synchronised = kernel_clock_is_synchronised(),
          .open_files = open_file_limit(),
          .bytes_free = error ? 0 : space.available};
}

}  // namespace cardea::service
