#include <sys/resource.h>
#include <unistd.h>

#include <cardea/core/metrics/process_metrics.hpp>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace cardea {
namespace {

std::string content_of(const char* path) {
  const std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// The numbers of /proc/self/stat that follow the name of the program, which may have spaces and brackets in it; by
// proc(5) the first one is field 3.
std::vector<std::string> statistics() {
  const auto text = content_of("/proc/self/stat");
  std::istringstream rest(text.substr(text.rfind(')') + 1));
  std::vector<std::string> fields;
  for (std::string field; rest >> field;) fields.push_back(field);
  return fields;
}

double field(std::size_t number) { return std::stod(statistics().at(number - 3)); }

double ticks_in_a_second() { return static_cast<double>(::sysconf(_SC_CLK_TCK)); }

double seconds_of(clockid_t clock) {
  timespec now{};
  if (::clock_gettime(clock, &now) != 0) throw std::runtime_error("clock_gettime");
  constexpr double kNanosecondsInASecond = 1e9;
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / kNanosecondsInASecond;
}

// By the clocks: /proc/stat, which has it as well, is not there for a process that may see processes alone.
double boot_time() { return seconds_of(CLOCK_REALTIME) - seconds_of(CLOCK_BOOTTIME); }

double start_time() { return boot_time() + field(22) / ticks_in_a_second(); }
double processor_seconds() { return (field(14) + field(15)) / ticks_in_a_second(); }
double virtual_bytes() { return field(23); }
double resident_bytes() { return field(24) * static_cast<double>(::sysconf(_SC_PAGESIZE)); }

double open_descriptors() {
  const std::filesystem::directory_iterator all("/proc/self/fd");
  const auto count = std::distance(begin(all), end(all));
  return static_cast<double>(count - 1);  // one of them reads the folder
}

double most_descriptors() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) throw std::runtime_error("getrlimit");
  return static_cast<double>(limit.rlim_cur);
}

}  // namespace

void add_process_metrics(Metrics& metrics) {
  metrics.counters<"process_cpu_seconds_total">("User and system time of the process in seconds",
                                                [](SeriesWriter& series) { series.value({}, processor_seconds()); });
  metrics.gauge<"process_start_time_seconds">("When the process started, in seconds since 1970",
                                              [start = start_time()] { return start; });
  metrics.gauge<"process_resident_memory_bytes">("Memory of the process that is in RAM", resident_bytes);
  metrics.gauge<"process_virtual_memory_bytes">("Address space of the process", virtual_bytes);
  metrics.gauge<"process_open_fds">("File descriptors that are open", open_descriptors);
  metrics.gauge<"process_max_fds">("File descriptors that may be open", most_descriptors);
}

}  // namespace cardea
