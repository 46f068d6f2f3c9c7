#include "diagnosis/check_machine.hpp"

#include "diagnosis/findings.hpp"

namespace cardea::service {
namespace {

constexpr std::uint64_t kMiB = std::uint64_t{1024} * 1024;
constexpr std::uint64_t kLittleSpace = 1024 * kMiB;
constexpr std::uint64_t kNoSpace = 64 * kMiB;

// Of two nodes' clocks.
constexpr std::chrono::seconds kUsualDifference{2};

std::string mib(std::uint64_t bytes) { return std::to_string(bytes / kMiB) + " MiB"; }

}  // namespace

Finding check_clock(const Machine& machine, std::optional<Instant> newest) {
  const auto now = to_rfc3339(machine.now);
  if (newest && machine.now + kUsualDifference < *newest) {
    return problem("clock", "it is " + now + ", and the database has something of " + to_rfc3339(*newest),
                   "set the clock; tokens of the future are refused, and those of now live too long");
  }
  if (!machine.clock_is_synchronised) return ok("clock", now + "; the kernel does not say whether it is synchronised");
  if (*machine.clock_is_synchronised) return ok("clock", now + ", synchronised");
  return warning("clock", now + ", and nothing synchronises it",
                 "run systemd-timesyncd, chrony or another NTP client: nodes and tokens need one time");
}

Finding check_open_files(const Machine& machine, std::size_t connections) {
  const auto limit = std::to_string(machine.open_files), wanted = std::to_string(connections);
  if (machine.open_files >= connections) return ok("open files", limit + ", enough for " + wanted + " connections");
  return warning("open files", limit + ", and the server has up to " + wanted + " connections",
                 "start it with `ulimit -n " + wanted + "`, or LimitNOFILE=" + wanted + " in its systemd unit");
}

Finding check_space(const Machine& machine, const std::filesystem::path& folder) {
  const auto what = mib(machine.bytes_free) + " free in " + folder.string();
  const std::string advice = "make room: what cannot be written is refused with 503";
  if (machine.bytes_free < kNoSpace) return problem("disk", what, advice);
  if (machine.bytes_free < kLittleSpace) return warning("disk", what, advice);
  return ok("disk", what);
}

}  // namespace cardea::service
