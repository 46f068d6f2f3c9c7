// A small number for the present thread, by which threads keep apart what they would otherwise have to share.
#pragma once

#include <cstddef>

namespace cardea {

inline constexpr std::size_t kThreadNumbers = 64;

// The smallest number that no other living thread has asked for, the same until the thread ends; kThreadNumbers for
// every thread that came when all were taken, or there was no memory for its end to be noticed.
std::size_t thread_number() noexcept;

}  // namespace cardea
