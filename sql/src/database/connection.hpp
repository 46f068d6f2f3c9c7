// One connection and what has been prepared on it. For one thread at a time, but for hang_up().
#pragma once

#include <soci/soci.h>

#include <cardea/sql/database/database.hpp>
#include <cardea/sql/database/database_url.hpp>
#include <chrono>
#include <memory>
#include <typeindex>
#include <unordered_map>

#include "database/socket_handle.hpp"
#include "database/sqlite_files.hpp"

namespace cardea::sql {

class Connection {
 public:
  // Throws what SOCI throws.
  Connection(const DatabaseUrl& url, const DatabaseOptions& options);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  Dialect dialect() const noexcept { return url_.dialect(); }
  const DatabaseUrl& url() const noexcept { return url_; }
  soci::session& session() noexcept { return session_; }

  // SQLite: how long a statement waits from now on for another connection's lock.
  void set_lock_patience(std::chrono::milliseconds patience);

  // SQLite: throws if what is written is lost, since the database's files are no longer where they were opened.
  void check_files();

  // False, too, after SQLite has undone a transaction by itself.
  bool in_transaction();

  // A transaction for writing. SQLite: it has the database's only write lock from its start. `commit` throws if the
  // changes are not there after it; whether they are is unknown then only if the connection is lost.
  void begin();
  void commit();
  void roll_back() noexcept;

  // PostgreSQL: nothing more can come from it, by what is known without asking the server.
  bool is_lost() noexcept;
  void give_up() noexcept { given_up_ = true; }  // lost from now on
  // PostgreSQL: ends what waits on it for the server; from any thread.
  void hang_up() noexcept { socket_.shut_down(); }

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
  DatabaseUrl url_;
  soci::session session_;  // outlives the statements
  SqliteFiles files_;
  SocketHandle socket_;
  bool given_up_ = false;
  std::unordered_map<std::type_index, std::shared_ptr<void>> prepared_;
};

// Runs a statement that answers with one row at most, to its very end: only then is a change committed and a read's
// snapshot released. True if there was a row.
bool fetch_one(soci::statement& statement);

}  // namespace cardea::sql
