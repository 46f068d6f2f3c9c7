// Counts what some threads of this program take from the heap, and refuses it, by a malloc of its own.
#pragma once

#include <cstddef>

namespace cardea::testing {

// From now on the present thread is one of those that are watched.
void watch_this_thread() noexcept;
// All of them but the present one, or no longer.
void watch_the_others(bool watched) noexcept;
std::size_t watched_threads() noexcept;

// Between the two, each call of malloc and its like on a watched thread counts, whoever makes it.
void begin_to_count() noexcept;
std::size_t end_counting() noexcept;

// The call with this number from now, 0 being the next one, has no memory.
void refuse_allocation(std::size_t number) noexcept;
bool end_refusing() noexcept;  // whether there was such a call

// Where the first of them came from, on standard error: addresses for addr2line.
void show_allocations();

}  // namespace cardea::testing
