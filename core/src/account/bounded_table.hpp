// Rows by key, in memory of a fixed size. Where there is no place for a new row it takes that of the row which is worth
// least, among the few that share its bucket. Keys are hashes under a secret: nobody chooses whose bucket they share.
// A bucket that nobody has used takes no memory of the machine.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <new>
#include <type_traits>
#include <utility>

namespace cardea {

// A `Row` has a `key`, 0 for none, and nothing but zeros when it is a default one. Thread-safe.
template <class Row>
class BoundedTable {
  static_assert(std::is_aggregate_v<Row> && std::is_trivially_copyable_v<Row>, "zeros have to make a row");

 public:
  // Throws std::bad_alloc.
  explicit BoundedTable(std::size_t capacity)
      : count_(std::max<std::size_t>(capacity / kWays, 1)),
        buckets_(static_cast<Bucket*>(std::calloc(count_, sizeof(Bucket)))) {  // NOLINT(*-no-malloc): touches no page
    if (!buckets_) throw std::bad_alloc{};
  }

  // A default one if there is none.
  Row find(std::uint64_t key) const {
    const auto index = key % count_;
    const std::lock_guard lock{locks_[index % kLocks]};
    const auto& bucket = buckets_[index];
    const auto found = std::ranges::find(bucket, key, &Row::key);
    return found == bucket.end() ? Row{} : *found;
  }

  // change(row) of the key's row. If need be that is a new one, in the place of the one of the least worth(row), which
  // is the least of all for a default one.
  template <class Worth, class Change>
  auto change(std::uint64_t key, const Worth& worth, Change&& change) {
    const auto index = key % count_;
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

  using Bucket = std::array<Row, kWays>;
  struct Free {
    void operator()(Bucket* buckets) const noexcept { std::free(buckets); }  // NOLINT(*-no-malloc): from calloc
  };

  const std::size_t count_;
  const std::unique_ptr<Bucket[], Free> buckets_;
  mutable std::array<std::mutex, kLocks> locks_;
};

}  // namespace cardea
