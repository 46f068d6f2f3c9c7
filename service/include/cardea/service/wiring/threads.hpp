// How many threads a configuration means.
#pragma once

#include <cardea/service/config/config.hpp>

namespace cardea::service {

// At least 1.
unsigned io_threads_of(const Config& config) noexcept;
unsigned blocking_threads_of(const Config& config) noexcept;
unsigned hashing_threads_of(const Config& config) noexcept;
unsigned storing_threads_of(const Config& config) noexcept;  // what has been hashed

// How many connections to the database they use at once. On SQLite fewer than there are threads: most wait for their
// commits on the one that writes, and a read is short. On PostgreSQL one each, since each waits for a commit of its
// own.
unsigned database_connections_of(const Config& config) noexcept;

}  // namespace cardea::service
