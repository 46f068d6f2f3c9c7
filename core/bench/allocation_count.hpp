// Heap allocations of this thread since the program's start, for benchmarks that promise to have none.
#pragma once

#include <benchmark/benchmark.h>

#include <cstdint>

namespace cardea::bench {

std::uint64_t allocations() noexcept;

// Adds the column `allocations` (for each iteration) to the benchmark that it lives in.
class AllocationColumn {
 public:
  explicit AllocationColumn(benchmark::State& state) : state_(state), before_(allocations()) {}
  AllocationColumn(const AllocationColumn&) = delete;
  AllocationColumn& operator=(const AllocationColumn&) = delete;
  ~AllocationColumn() {
    state_.counters["allocations"] =
        benchmark::Counter(static_cast<double>(allocations() - before_), benchmark::Counter::kAvgIterations);
  }

 private:
  benchmark::State& state_;
  std::uint64_t before_;
};

}  // namespace cardea::bench
