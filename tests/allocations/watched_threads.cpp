#include "watched_threads.hpp"

#include <execinfo.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>
#include <span>

// What glibc's own malloc is called beside its name, which is taken here.
// NOLINTBEGIN(bugprone-reserved-identifier,readability-identifier-naming): they are glibc's.
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* memory, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
}
// NOLINTEND(bugprone-reserved-identifier,readability-identifier-naming)

namespace cardea::testing {
namespace {

struct Trace {
  std::array<void*, 40> frames;
  int size = 0;
};

constinit std::atomic<bool> counting{false};
constinit std::atomic<std::size_t> allocations{0};
constinit std::atomic<std::size_t> threads{0};
constinit std::atomic<std::ptrdiff_t> allowed{-1};  // before one is refused; none is while it is negative
constinit std::array<Trace, 40> traces{};
constinit std::atomic<bool> others_are_watched{false};
constinit thread_local bool is_watched = false;
constinit thread_local bool is_spared = false;
constinit thread_local bool is_tracing = false;

bool is_of_interest() noexcept {
  return is_watched || (others_are_watched.load(std::memory_order_relaxed) && !is_spared);
}

void count() noexcept {
  if (!is_of_interest() || is_tracing || !counting.load(std::memory_order_relaxed)) return;
  const auto index = allocations.fetch_add(1);
  if (index >= traces.size()) return;
  is_tracing = true;
  auto& trace = traces[index];
  trace.size = ::backtrace(trace.frames.data(), static_cast<int>(trace.frames.size()));
  is_tracing = false;
}

bool may_have_memory() noexcept {
  if (is_of_interest() && allowed.load(std::memory_order_relaxed) >= 0 && allowed.fetch_sub(1) == 0) return false;
  count();
  return true;
}

}  // namespace

void watch_this_thread() noexcept {
  if (!is_watched) threads.fetch_add(1);
  is_watched = true;
}

void watch_the_others(bool watched) noexcept {
  is_spared = watched;
  others_are_watched = watched;
}

std::size_t watched_threads() noexcept { return threads.load(); }

void begin_to_count() noexcept {
  void* frame = nullptr;
  ::backtrace(&frame, 1);  // the first call allocates
  allocations = 0;
  counting = true;
}

std::size_t end_counting() noexcept {
  counting = false;
  return allocations.load();
}

void refuse_allocation(std::size_t number) noexcept { allowed = static_cast<std::ptrdiff_t>(number); }

bool end_refusing() noexcept { return allowed.exchange(-1) < 0; }

void show_allocations() {
  for (const auto& trace : std::span{traces}.first(std::min(allocations.load(), traces.size()))) {
    ::backtrace_symbols_fd(trace.frames.data(), trace.size, STDERR_FILENO);
    ::dprintf(STDERR_FILENO, "\n");
  }
}

}  // namespace cardea::testing

extern "C" {

void* malloc(std::size_t size) noexcept { return cardea::testing::may_have_memory() ? __libc_malloc(size) : nullptr; }

void* calloc(std::size_t count, std::size_t size) noexcept {
  return cardea::testing::may_have_memory() ? __libc_calloc(count, size) : nullptr;
}

void* realloc(void* memory, std::size_t size) noexcept {
  return cardea::testing::may_have_memory() ? __libc_realloc(memory, size) : nullptr;
}

void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
  return cardea::testing::may_have_memory() ? __libc_memalign(alignment, size) : nullptr;
}

}  // extern "C"
