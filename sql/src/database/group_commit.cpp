#include "database/group_commit.hpp"

#include <algorithm>
#include <optional>

#include "database/failure_of.hpp"

namespace cardea::sql {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

struct TransactionStatements {
  explicit TransactionStatements(soci::session& session)
      : begin((session.prepare << "BEGIN IMMEDIATE")),
        commit((session.prepare << "COMMIT")),
        save((session.prepare << "SAVEPOINT work")),
        release((session.prepare << "RELEASE work")),
        undo((session.prepare << "ROLLBACK TO work")) {}

  soci::statement begin, commit;
  soci::statement save, release, undo;  // of one work, which leaves the others
};

void take(Connection& connection, soci::statement TransactionStatements::* step) {
  fetch_one(connection.prepared<TransactionStatements>().*step);
}

void undo_work(Connection& connection) {
  take(connection, &TransactionStatements::undo);
  take(connection, &TransactionStatements::release);
}

void undo_all(Connection& connection) {
  connection.forget_prepared();
  if (!connection.in_transaction()) return;
  try {
    connection.session() << "ROLLBACK";
  } catch (const std::exception&) {
    return;  // the next transaction's callers are told
  }
}

// What the work threw. Throws it on where SQLite has undone the whole transaction, as it does on a full disk.
std::optional<Error> run_alone(const GroupCommit::Work& work, Connection& connection) {
  take(connection, &TransactionStatements::save);
  std::optional<Error> error;
  try {
    if (work(connection)) {
      take(connection, &TransactionStatements::release);
      return error;
    }
  } catch (const std::exception& exception) {
    error = failure_of(exception, connection);
    connection.forget_prepared();
    if (!connection.in_transaction()) throw;
  }
  undo_work(connection);
  return error;
}

milliseconds time_until(steady_clock::time_point deadline) {
  return std::max(milliseconds{0}, std::chrono::ceil<milliseconds>(deadline - steady_clock::now()));
}

}  // namespace

struct GroupCommit::Entry {
  const Work& work;
  std::optional<Error> error;
};

struct GroupCommit::Group {
  steady_clock::time_point deadline;
  std::vector<Entry*> entries;
  std::size_t begun = 0;
  std::optional<Error> error;  // of all
  std::atomic<int> finished = 0;
};

Done GroupCommit::run(const Work& work) {
  Entry entry{work, {}};
  const auto [group, leads] = join(entry);
  if (leads) {
    lead(*group);
  } else {
    group->finished.wait(0, std::memory_order_acquire);
  }
  if (group->error) return failure(*group->error);
  if (entry.error) return failure(*std::move(entry.error));
  return {};
}

std::size_t GroupCommit::waiting() const {
  const std::lock_guard lock{mutex_};
  return waiting_;
}

std::pair<std::shared_ptr<GroupCommit::Group>, bool> GroupCommit::join(Entry& entry) {
  const std::lock_guard lock{mutex_};
  const bool leads = !open_ || open_->entries.size() >= kMostInAGroup;
  if (leads) {
    auto group = std::make_shared<Group>();
    group->deadline = steady_clock::now() + lock_patience_;
    group->entries.reserve(kMostInAGroup);  // whoever joins is certain of a place, and a group of its leader
    open_ = std::move(group);
  }
  open_->entries.push_back(&entry);
  ++waiting_;
  return {open_, leads};
}

void GroupCommit::lead(Group& group) noexcept {
  {
    const std::lock_guard turn{turn_};
    writer_([&](Connection& connection) { write(group, connection); });
  }
  group.finished.store(1, std::memory_order_release);
  group.finished.notify_all();
}

void GroupCommit::write(Group& group, Connection& connection) {
  try {
    connection.set_lock_patience(time_until(group.deadline));
    connection.check_files();
    take(connection, &TransactionStatements::begin);
    while (auto* const entry = next_of(group)) entry->error = run_alone(entry->work, connection);
    take(connection, &TransactionStatements::commit);
    connection.check_files();  // nobody is told of a commit to a file that is gone
  } catch (const std::exception& exception) {
    group.error = failure_of(exception, connection);
    undo_all(connection);
    close(group);
  }
}

GroupCommit::Entry* GroupCommit::next_of(Group& group) {
  const std::lock_guard lock{mutex_};
  if (group.begun == group.entries.size()) {
    if (open_.get() == &group) open_.reset();
    return nullptr;
  }
  --waiting_;
  return group.entries[group.begun++];
}

void GroupCommit::close(Group& group) {
  while (next_of(group) != nullptr) continue;
}

}  // namespace cardea::sql
