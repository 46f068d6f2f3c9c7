#include <pthread.h>

#include <atomic>
#include <bit>
#include <cardea/core/base/thread_number.hpp>
#include <cstdint>
#include <optional>

namespace cardea {
namespace {

static_assert(kThreadNumbers == 64, "a bit each");

constinit std::atomic<std::uint64_t> all_taken{0};
constinit thread_local std::optional<std::size_t> own_number;

constexpr std::uint64_t bit_of(std::size_t number) { return std::uint64_t{1} << number; }

std::size_t take_smallest() noexcept {
  auto taken = all_taken.load();
  std::size_t number = 0;
  do {
    number = static_cast<std::size_t>(std::countr_one(taken));
  } while (number < kThreadNumbers && !all_taken.compare_exchange_weak(taken, taken | bit_of(number)));
  return number;
}

void give_back(void*) noexcept {
  if (*own_number < kThreadNumbers) all_taken.fetch_and(~bit_of(*own_number));
}

// Called by the system at the end of each thread that has set it. A destructor of C++ would not do: the process is
// ended where there is no memory to register it.
std::optional<pthread_key_t> end_of_thread() noexcept {
  static const auto key = [] {
    pthread_key_t made{};
    return ::pthread_key_create(&made, &give_back) == 0 ? std::optional{made} : std::nullopt;
  }();
  return key;
}

}  // namespace

std::size_t thread_number() noexcept {
  if (own_number) return *own_number;
  own_number = take_smallest();
  const auto end = end_of_thread();
  const bool is_given_back = end && ::pthread_setspecific(*end, &all_taken) == 0;
  if (!is_given_back) {
    give_back(nullptr);
    own_number = kThreadNumbers;
  }
  return *own_number;
}

}  // namespace cardea
