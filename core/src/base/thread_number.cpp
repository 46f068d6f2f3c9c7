#include <cardea/core/base/thread_number.hpp>

#include <atomic>
#include <bit>
#include <cstdint>

namespace cardea {
namespace {

static_assert(kThreadNumbers == 64, "a bit each");

class ThreadNumber {
 public:
  ThreadNumber() noexcept {
    auto taken = all_taken().load();
    do {
      number_ = static_cast<std::size_t>(std::countr_one(taken));
    } while (number_ < kThreadNumbers && !all_taken().compare_exchange_weak(taken, taken | bit()));
  }
  ThreadNumber(const ThreadNumber&) = delete;
  ThreadNumber& operator=(const ThreadNumber&) = delete;
  ~ThreadNumber() {
    if (number_ < kThreadNumbers) all_taken().fetch_and(~bit());
  }

  std::size_t value() const noexcept { return number_; }

 private:
  std::uint64_t bit() const noexcept { return std::uint64_t{1} << number_; }
  static std::atomic<std::uint64_t>& all_taken() noexcept {
    static constinit std::atomic<std::uint64_t> bits{0};
    return bits;
  }

  std::size_t number_ = 0;
};

}  // namespace

std::size_t thread_number() noexcept {
  thread_local const ThreadNumber number;
  return number.value();
}

}  // namespace cardea
