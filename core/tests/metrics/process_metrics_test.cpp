#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cardea/core/metrics/process_metrics.hpp>
#include <chrono>
#include <sstream>

namespace cardea {
namespace {

double read(std::string_view name) {
  Metrics metrics;
  add_process_metrics(metrics);
  std::istringstream lines(metrics.prometheus_text());
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(std::string(name) + ' ')) return std::stod(line.substr(name.size() + 1));
  }
  ADD_FAILURE() << "there is no " << name;
  return 0;
}

TEST(ProcessMetrics, KnowWhenTheProcessStarted) {
  const auto now = std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
  EXPECT_LE(read("process_start_time_seconds"), now + 2);
  EXPECT_GT(read("process_start_time_seconds"), now - 3600);
}

TEST(ProcessMetrics, CountOpenDescriptors) {
  const auto before = read("process_open_fds");
  const int descriptor = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  EXPECT_EQ(read("process_open_fds"), before + 1);
  ::close(descriptor);
  EXPECT_EQ(read("process_open_fds"), before);
  EXPECT_GE(read("process_max_fds"), before);
}

TEST(ProcessMetrics, SeeMemoryThatIsUsed) {
  const auto before = read("process_resident_memory_bytes");
  constexpr std::size_t kBytes = std::size_t{64} << 20U;
  const std::vector<char> used(kBytes, 'x');
  EXPECT_GE(read("process_resident_memory_bytes"), before + static_cast<double>(kBytes) / 2);
  EXPECT_GE(read("process_virtual_memory_bytes"), read("process_resident_memory_bytes"));
}

TEST(ProcessMetrics, SeeTimeThatIsUsed) {
  const auto before = read("process_cpu_seconds_total");
  while (read("process_cpu_seconds_total") <= before) continue;
  EXPECT_GT(read("process_cpu_seconds_total"), before);
}

}  // namespace
}  // namespace cardea
