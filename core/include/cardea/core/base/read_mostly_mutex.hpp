// A shared mutex for what every request reads and little changes: readers on different threads write to no cache line
// in common, so that they do not slow each other down. A writer takes each reader's part in turn, and takes longer.
#pragma once

#include <array>
#include <cstddef>
#include <shared_mutex>

namespace cardea {

// For std::unique_lock and std::shared_lock. A shared lock is given back by the thread that has it.
class ReadMostlyMutex {
 public:
  void lock();
  void unlock() noexcept;

  void lock_shared();
  void unlock_shared() noexcept;

 private:
  static constexpr std::size_t kParts = 16;
  struct alignas(64) Part {
    std::shared_mutex mutex;
  };
  std::shared_mutex& part_of_this_thread() noexcept;

  std::array<Part, kParts> parts_;  // threads beyond so many share them
};

}  // namespace cardea
