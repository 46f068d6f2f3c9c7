// How often something has failed, by the code of the error. For what is rare: all threads add to the same numbers.
#pragma once

#include <atomic>
#include <cardea/core/base/error.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace cardea {

// Thread-safe; adding allocates nothing.
class ErrorCounts {
 public:
  ErrorCounts() : counts_(std::make_unique<std::atomic<std::uint64_t>[]>(all_error_codes().size())) {}

  void add(ErrorCode code) noexcept { counts_[static_cast<std::size_t>(code)].fetch_add(1, std::memory_order_relaxed); }
  std::uint64_t value(ErrorCode code) const noexcept {
    return counts_[static_cast<std::size_t>(code)].load(std::memory_order_relaxed);
  }

 private:
  std::unique_ptr<std::atomic<std::uint64_t>[]> counts_;
};

}  // namespace cardea
