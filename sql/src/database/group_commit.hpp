// One durable commit for what many threads write at once.
//
// A database has one writer at a time, and a durable commit waits for the disk. So writes form groups: the first caller
// of a group leads it. When the group before it is committed, the leader runs the group's works one after another in
// one transaction, those that are called meanwhile too, and commits. A caller who is alone pays one commit and no
// change of threads.
#pragma once

#include <atomic>
#include <cardea/core/base/result.hpp>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "database/connection.hpp"

namespace cardea::sql {

class GroupCommit {
 public:
  // True: what it has written stays. False, or an exception: that is undone, and what others of its group write is not.
  // Throws std::exception's descendants alone; calls neither this nor the pool that this belongs to.
  using Work = std::function<bool(Connection&)>;
  // Calls what it is given, once, with the connection that writes.
  using Writer = std::function<void(const std::function<void(Connection&)>&)>;

  // A group holds the database for as many works as this at most, so that the first one does not wait for ever.
  static constexpr std::size_t kMostInAGroup = 128;

  GroupCommit(Writer writer, std::chrono::milliseconds lock_patience)
      : writer_(std::move(writer)), lock_patience_(lock_patience) {}

  // Runs `work` once, on the thread of one of the callers, and returns when its group is committed: only then may
  // anybody be told of what it did. Errors: what the work threw; for every work of the group, and of all of them
  // nothing is kept, what the commit failed with, or a full disk, or store_unavailable where another process held the
  // database longer than `lock_patience` from the call of the group's leader.
  Done run(const Work& work);

  // How many works have been called and have not begun.
  std::size_t waiting() const;

 private:
  struct Entry;
  struct Group;

  // The group that the entry is in, and whether its caller leads it.
  std::pair<std::shared_ptr<Group>, bool> join(Entry& entry);
  void lead(Group& group) noexcept;
  void write(Group& group, Connection& connection);
  // Null, and nobody joins any more, when all have begun.
  Entry* next_of(Group& group);
  void close(Group& group);

  const Writer writer_;
  const std::chrono::milliseconds lock_patience_;

  std::mutex turn_;  // the leader's whose group is being written
  mutable std::mutex mutex_;
  std::shared_ptr<Group> open_;  // the last group, while it can be joined
  std::size_t waiting_ = 0;
};

}  // namespace cardea::sql
