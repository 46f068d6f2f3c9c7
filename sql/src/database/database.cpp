#include <algorithm>
#include <cardea/sql/database/database.hpp>

#include "database/connection_pool.hpp"
#include "database/database_file.hpp"

namespace cardea::sql {

Database::Database(std::unique_ptr<ConnectionPool> connections) : connections_(std::move(connections)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Result<Database> Database::open(const DatabaseUrl& url, const DatabaseOptions& options) {
  if (!url.in_memory()) {
    if (auto made = ensure_database_file(url.path()); !made) return failure(std::move(made).error());
  }
  const auto connect = [&] { return std::make_unique<Connection>(url, options.lock_patience); };
  try {
    ConnectionPool::Connections connections;
    connections.leased.resize(url.in_memory() ? 1 : std::max<std::size_t>(options.connections, 1));
    std::ranges::generate(connections.leased, connect);
    if (!url.in_memory()) {
      connections.writer = connect();
      connections.watcher = connect();
    }
    return Database{std::make_unique<ConnectionPool>(std::move(connections), options.lock_patience)};
  } catch (const std::exception& exception) {
    return failure(failure_of(exception));
  }
}

Result<ChangeVersions> Database::changes() { return connections_->changes(); }

}  // namespace cardea::sql
