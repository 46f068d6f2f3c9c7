// How many threads a configuration means.
#pragma once

#include <cardea/service/config/config.hpp>

namespace cardea::service {

// At least 1.
unsigned io_threads_of(const Config& config) noexcept;
unsigned blocking_threads_of(const Config& config) noexcept;
unsigned hashing_threads_of(const Config& config) noexcept;

// How many of them read the database at once. Fewer than there are: most wait for their commits, and a read is short.
unsigned database_readers_of(const Config& config) noexcept;

}  // namespace cardea::service
