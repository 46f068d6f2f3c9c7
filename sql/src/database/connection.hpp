// One connection and what has been prepared on it. For one thread at a time.
#pragma once

#include <soci/soci.h>

#include <cardea/sql/database/database_url.hpp>
#include <chrono>
#include <memory>
#include <typeindex>
#include <unordered_map>

namespace cardea::sql {

class Connection {
 public:
  // Throws what SOCI throws.
  Connection(const DatabaseUrl& url, std::chrono::milliseconds lock_patience);

  soci::session& session() noexcept { return session_; }

  // How long a statement waits from now on for another connection's lock.
  void set_lock_patience(std::chrono::milliseconds patience);

  // False, too, after SQLite has undone a transaction by itself.
  bool in_transaction();

  // A store's set of prepared statements, made from the session at its first use here.
  template <class Statements>
  Statements& prepared() {
    auto& set = prepared_[typeid(Statements)];
    if (!set) set = std::make_shared<Statements>(session_);
    return *static_cast<Statements*>(set.get());
  }

  // After a failure: SOCI's statements do not survive one.
  void forget_prepared() noexcept { prepared_.clear(); }

 private:
  soci::session session_;  // outlives the statements
  std::unordered_map<std::type_index, std::shared_ptr<void>> prepared_;
};

// Runs a statement that answers with one row at most, to its very end: only then is a change committed and a read's
// snapshot released. True if there was a row.
bool fetch_one(soci::statement& statement);

}  // namespace cardea::sql
