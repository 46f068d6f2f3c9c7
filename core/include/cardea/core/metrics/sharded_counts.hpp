// Numbers that many threads add to and that are read now and then: each processor has a copy on cache lines of its own,
// so that no thread waits for another, and the sum of the copies is exact.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace cardea {

// Thread-safe; adding allocates nothing.
class ShardedCounts {
 public:
  // So many numbers, all 0.
  explicit ShardedCounts(std::size_t size);

  // Where this thread adds now: for several numbers of one event.
  class Shard {
   public:
    void add(std::size_t index, std::uint64_t amount = 1) noexcept {
      first_[index].fetch_add(amount, std::memory_order_relaxed);
    }

   private:
    friend class ShardedCounts;
    explicit Shard(std::atomic<std::uint64_t>* first) noexcept : first_(first) {}
    std::atomic<std::uint64_t>* first_;
  };
  Shard here() noexcept;

  std::uint64_t sum(std::size_t index) const noexcept;

 private:
  static constexpr std::size_t kInALine = 8;
  struct alignas(kInALine * sizeof(std::uint64_t)) Line {
    std::atomic<std::uint64_t> numbers[kInALine]{};
  };

  std::size_t lines_in_a_shard_;
  std::unique_ptr<Line[]> lines_;
};

}  // namespace cardea
