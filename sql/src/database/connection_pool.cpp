#include "database/connection_pool.hpp"

namespace cardea::sql {

ConnectionPool::ConnectionPool(Connections connections, std::chrono::milliseconds lock_patience)
    : free_(std::move(connections.leased)),
      writer_(std::move(connections.writer)),
      commits_([this](const auto& use) { with_writer(use); }, lock_patience),
      watcher_(std::move(connections.watcher)) {}

void ConnectionPool::with_writer(const std::function<void(Connection&)>& use) {
  if (writer_) return use(*writer_);
  const Lease lease{*this};
  use(lease.connection());
}

std::unique_ptr<Connection> ConnectionPool::take() {
  std::unique_lock lock{mutex_};
  given_back_.wait(lock, [this] { return !free_.empty(); });
  auto connection = std::move(free_.back());
  free_.pop_back();
  return connection;
}

void ConnectionPool::give_back(std::unique_ptr<Connection> connection) {
  {
    const std::lock_guard lock{mutex_};
    free_.push_back(std::move(connection));
  }
  given_back_.notify_one();
}

Result<ChangeVersions> ConnectionPool::changes() {
  using Changes = Result<ChangeVersions>;
  if (!watcher_) return with_connection([](Connection& connection) -> Changes { return read_changes(connection); });
  const std::lock_guard lock{watcher_mutex_};
  return guarded(*watcher_, [this](Connection& connection) -> Changes { return changes_.read(connection); });
}

}  // namespace cardea::sql
