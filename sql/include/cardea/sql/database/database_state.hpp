// How busy a database's connections are, and what has gone wrong, at one moment.
#pragma once

#include <cardea/core/base/error.hpp>
#include <cardea/core/metrics/histogram.hpp>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace cardea::sql {

struct ConnectionsState {
  std::size_t most = 0;     // that may be open at once
  std::size_t open = 0;     // or being opened
  std::size_t taken = 0;    // of the open ones, by a thread
  std::size_t waiting = 0;  // threads, for one
};

struct DatabaseState {
  ConnectionsState connections;
  std::size_t waiting_writes = 0;                             // SQLite: that have not begun
  std::vector<std::pair<ErrorCode, std::uint64_t>> failures;  // of reads and writes, until now; none that are 0
};

}  // namespace cardea::sql
