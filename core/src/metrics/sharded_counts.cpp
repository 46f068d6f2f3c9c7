#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <cardea/core/metrics/sharded_counts.hpp>

namespace cardea {
namespace {

constexpr std::size_t kMostShards = 32;

// By all processors of the machine, since those that this process may use need not be the first ones.
std::size_t number_of_shards() {
  static const auto number =
      static_cast<std::size_t>(std::clamp(::sysconf(_SC_NPROCESSORS_CONF), 1L, static_cast<long>(kMostShards)));
  return number;
}

// A thread that moves to another processor meanwhile is right all the same: adding is atomic.
std::size_t present_shard() noexcept {
  const int processor = ::sched_getcpu();
  return processor < 0 ? 0 : static_cast<std::size_t>(processor) % number_of_shards();
}

}  // namespace

ShardedCounts::ShardedCounts(std::size_t size)
    : lines_in_a_shard_((size + kInALine - 1) / kInALine),
      lines_(std::make_unique<Line[]>(lines_in_a_shard_ * number_of_shards())) {}

ShardedCounts::Shard ShardedCounts::here() noexcept {
  return Shard{lines_[lines_in_a_shard_ * present_shard()].numbers};
}

std::uint64_t ShardedCounts::sum(std::size_t index) const noexcept {
  std::uint64_t sum = 0;
  for (std::size_t shard = 0; shard < number_of_shards(); ++shard) {
    const auto& line = lines_[lines_in_a_shard_ * shard + index / kInALine];
    sum += line.numbers[index % kInALine].load(std::memory_order_relaxed);
  }
  return sum;
}

}  // namespace cardea
