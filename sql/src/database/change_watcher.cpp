#include "database/change_watcher.hpp"

#include <utility>

namespace cardea::sql {
namespace {

struct ChangeStatements {
  explicit ChangeStatements(soci::session& session)
      : list((session.prepare << "SELECT topic, version FROM changes", soci::into(topic), soci::into(version))) {}

  std::string topic;
  long long version = 0;
  soci::statement list;
};

struct ReadDataVersion {
  explicit ReadDataVersion(soci::session& session)
      : statement((session.prepare << "PRAGMA data_version", soci::into(version))) {}

  long long version = 0;
  soci::statement statement;
};

}  // namespace

ChangeVersions read_changes(Connection& connection) {
  auto& changes = connection.prepared<ChangeStatements>();
  ChangeVersions versions;
  changes.list.execute();
  while (changes.list.fetch()) versions[changes.topic] += static_cast<std::uint64_t>(changes.version);
  return versions;
}

ChangeVersions ChangeWatcher::read(Connection& connection) {
  auto& data = connection.prepared<ReadDataVersion>();
  fetch_one(data.statement);
  // Before the table: what is committed between the two is read now, and once more the next time.
  if (std::exchange(data_version_, data.version) != data.version) versions_.reset();
  if (!versions_) versions_ = read_changes(connection);
  return *versions_;
}

}  // namespace cardea::sql
