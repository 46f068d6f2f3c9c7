#include <cardea/sql/database/change_listener.hpp>
#include <cardea/sql/database/database.hpp>
#include <utility>

#include "database/connection_pool.hpp"
#include "database/database_file.hpp"
#include "database/failure_of.hpp"

namespace cardea::sql {

namespace {

std::unique_ptr<ConnectionPool> pool_of_changes(const DatabaseUrl& url) {
  if (url.dialect() == Dialect::sqlite) return nullptr;
  constexpr auto kPatience = Database::kChangesPatience;
  const DatabaseOptions options{.connections = 1, .lock_patience = kPatience, .answer_patience = kPatience};
  return std::make_unique<ConnectionPool>(url, options, ConnectionPool::Start::lazily);
}

}  // namespace

Database::Database(DatabaseUrl url, std::unique_ptr<ConnectionPool> connections,
                   std::unique_ptr<ConnectionPool> of_changes)
    : url_(std::move(url)), connections_(std::move(connections)), of_changes_(std::move(of_changes)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Result<Database> Database::open(const DatabaseUrl& url, const DatabaseOptions& options) {
  if (url.dialect() == Dialect::sqlite && !url.in_memory()) {
    auto there = options.read_only ? check_database_file(url.path()) : ensure_database_file(url.path());
    if (!there) return failure(std::move(there).error());
  }
  try {
    return Database{url, std::make_unique<ConnectionPool>(url, options), pool_of_changes(url)};
  } catch (const std::exception& exception) {
    return failure(failure_of(exception, url));
  }
}

Dialect Database::dialect() const noexcept { return connections_->dialect(); }

DatabaseState Database::state() const { return connections_->state(); }
HistogramReading Database::connection_waits() const { return connections_->waits(); }

std::unique_ptr<ChangeListener> Database::listener() const { return std::make_unique<ChangeListener>(url_); }

Result<ChangeVersions> Database::changes() { return (of_changes_ ? of_changes_ : connections_)->changes(); }

}  // namespace cardea::sql
