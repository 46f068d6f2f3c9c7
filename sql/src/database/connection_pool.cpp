#include "database/connection_pool.hpp"

namespace cardea::sql {
namespace {

struct ReadDataVersion {
  explicit ReadDataVersion(soci::session& session)
      : statement((session.prepare << "PRAGMA data_version", soci::into(version))) {}

  long long version = 0;
  soci::statement statement;
};

}  // namespace

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

Result<std::uint64_t> ConnectionPool::data_version() {
  const std::lock_guard lock{watcher_mutex_};
  if (!watcher_) return std::uint64_t{0};
  return guarded(*watcher_, [](Connection& connection) -> Result<std::uint64_t> {
    auto& read = connection.prepared<ReadDataVersion>();
    fetch_one(read.statement);
    return static_cast<std::uint64_t>(read.version);
  });
}

}  // namespace cardea::sql
