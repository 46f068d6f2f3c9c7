#include <cardea/core/base/read_mostly_mutex.hpp>

#include <cardea/core/base/thread_number.hpp>

namespace cardea {

std::shared_mutex& ReadMostlyMutex::part_of_this_thread() noexcept {
  return parts_[thread_number() % parts_.size()].mutex;
}

// All writers in the same order.
void ReadMostlyMutex::lock() {
  for (auto& part : parts_) part.mutex.lock();
}

void ReadMostlyMutex::unlock() noexcept {
  for (auto& part : parts_) part.mutex.unlock();
}

void ReadMostlyMutex::lock_shared() { part_of_this_thread().lock_shared(); }

void ReadMostlyMutex::unlock_shared() noexcept { part_of_this_thread().unlock_shared(); }

}  // namespace cardea
