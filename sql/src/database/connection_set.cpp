#include "database/connection_set.hpp"

#include "database/failure_of.hpp"

namespace cardea::sql {

using std::chrono::steady_clock;

Result<std::unique_ptr<Connection>> ConnectionSet::take() {
  Lock lock{mutex_};
  if (auto free = take_free(lock)) {
    waits_.observe(steady_clock::duration::zero());
    return free;
  }
  const auto began = steady_clock::now();
  auto taken = take_in_turn(lock);
  waits_.observe(steady_clock::now() - began);
  return taken;
}

ConnectionsState ConnectionSet::state() const {
  const std::lock_guard lock{mutex_};
  return {.most = most_, .open = count_, .taken = count_ - free_.size(), .waiting = waiting_};
}

Result<std::unique_ptr<Connection>> ConnectionSet::take_in_turn(Lock& lock) {
  while (true) {
    if (auto free = take_free(lock)) return free;
    if (may_open()) {
      if (auto opened = open_another(lock)) return opened;
    }
    if (count_ == 0 && !may_open()) return failure(last_failure_);
    wait(lock);
  }
}

void ConnectionSet::give_back(std::unique_ptr<Connection> connection) noexcept {
  if (connection->is_lost()) connection.reset();
  {
    const std::lock_guard lock{mutex_};
    if (connection) {
      free_.push_back(std::move(connection));  // there is room for all
    } else {
      --count_;
    }
  }
  changed_.notify_one();
}

// Null if there is none. What has been lost while nobody used it goes.
std::unique_ptr<Connection> ConnectionSet::take_free(Lock& lock) {
  while (!free_.empty()) {
    auto connection = std::move(free_.back());
    free_.pop_back();
    if (!connection->is_lost()) return connection;
    --count_;
    lock.unlock();
    connection.reset();
    lock.lock();
  }
  return nullptr;
}

bool ConnectionSet::may_open() const { return count_ < most_ && pause_.is_over(steady_clock::now()); }

// Null if it cannot be opened.
std::unique_ptr<Connection> ConnectionSet::open_another(Lock& lock) {
  ++count_;
  lock.unlock();
  try {
    auto opened = open_();
    lock.lock();
    pause_.succeeded();
    return opened;
  } catch (const std::exception& exception) {
    auto error = failure_of(exception, url_);
    lock.lock();
    last_failure_ = std::move(error);
  }
  --count_;
  pause_.failed(steady_clock::now());
  changed_.notify_all();
  return nullptr;
}

void ConnectionSet::wait(Lock& lock) {
  const auto something_to_do = [this] { return !free_.empty() || count_ == 0 || may_open(); };
  ++waiting_;
  if (count_ < most_) {
    changed_.wait_until(lock, pause_.until(), something_to_do);
  } else {
    changed_.wait(lock, something_to_do);
  }
  --waiting_;
}

}  // namespace cardea::sql
