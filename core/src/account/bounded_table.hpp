// Rows by key, in memory of a fixed size. Where there is no place for a new row it takes that of the row which is worth
// least, among the few that share its bucket. Keys are hashes under a secret: nobody chooses whose bucket they share.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <utility>
#include <vector>

namespace cardea {

// A `Row` has a `key`, 0 for none. Thread-safe.
template <class Row>
class BoundedTable {
 public:
  explicit BoundedTable(std::size_t capacity) : buckets_(std::max<std::size_t>(capacity / kWays, 1)) {}

  // A default one if there is none.
  Row find(std::uint64_t key) const {
    const auto index = key % buckets_.size();
    const std::lock_guard lock{locks_[index % kLocks]};
    const auto& bucket = buckets_[index];
    const auto found = std::ranges::find(bucket, key, &Row::key);
    return found == bucket.end() ? Row{} : *found;
  }

  // change(row) of the key's row. If need be that is a new one, in the place of the one of the least worth(row), which
  // is the least of all for a default one.
  template <class Worth, class Change>
  auto change(std::uint64_t key, const Worth& worth, Change&& change) {
    const auto index = key % buckets_.size();
    const std::lock_guard lock{locks_[index % kLocks]};
    auto& bucket = buckets_[index];
    auto row = std::ranges::find(bucket, key, &Row::key);
    if (row == bucket.end()) {
      row = std::ranges::min_element(bucket, {}, worth);
      *row = Row{};
      row->key = key;
    }
    return std::forward<Change>(change)(*row);
  }

 private:
  static constexpr std::size_t kWays = 8, kLocks = 64;

  std::vector<std::array<Row, kWays>> buckets_;
  mutable std::array<std::mutex, kLocks> locks_;
};

}  // namespace cardea
