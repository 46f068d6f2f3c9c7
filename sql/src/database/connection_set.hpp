// Connections that are opened when they are needed, up to a number, and thrown away when they are lost. Thread-safe.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cardea/core/metrics/histogram.hpp>
#include <cardea/sql/database/database_state.hpp>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "database/connection.hpp"
#include "database/reconnect_pause.hpp"

namespace cardea::sql {

class ConnectionSet {
 public:
  using Open = std::function<std::unique_ptr<Connection>()>;  // throws what SOCI throws

  // Begins with those in `open_ones`; `open` makes the others, as long as there are fewer than `most`. All of `url`.
  ConnectionSet(DatabaseUrl url, std::vector<std::unique_ptr<Connection>> open_ones, std::size_t most, Open open)
      : url_(std::move(url)),
        most_(most),
        open_(std::move(open)),
        count_(open_ones.size()),
        free_(std::move(open_ones)) {
    free_.reserve(most_);
  }

  // Waits while all are taken. Error: that of the last attempt to open one, if there is none at all.
  Result<std::unique_ptr<Connection>> take();
  void give_back(std::unique_ptr<Connection> connection) noexcept;

  ConnectionsState state() const;
  HistogramReading waits() const { return waits_.read(); }

 private:
  using Lock = std::unique_lock<std::mutex>;
  Result<std::unique_ptr<Connection>> take_in_turn(Lock& lock);
  std::unique_ptr<Connection> take_free(Lock& lock);
  std::unique_ptr<Connection> open_another(Lock& lock);
  bool may_open() const;
  void wait(Lock& lock);

  const DatabaseUrl url_;
  const std::size_t most_;
  const Open open_;

  DurationHistogram waits_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t waiting_ = 0;
  std::size_t count_;                              // that are free, taken, or being opened
  std::vector<std::unique_ptr<Connection>> free_;  // the last one used is the first one taken: its cache is warm
  ReconnectPause pause_;
  Error last_failure_{ErrorCode::store_unavailable};
};

}  // namespace cardea::sql
