#include "database/connection.hpp"

#include "database/postgresql_session.hpp"
#include "database/sqlite_session.hpp"

namespace cardea::sql {
namespace {

soci::session opened(const DatabaseUrl& url, const DatabaseOptions& options) {
  if (url.dialect() == Dialect::postgresql) return open_postgresql(url);
  return options.read_only ? open_sqlite_to_read(url) : open_sqlite(url);
}

}  // namespace

Connection::Connection(const DatabaseUrl& url, const DatabaseOptions& options)
    : url_(url), session_(opened(url, options)) {
  if (dialect() == Dialect::sqlite && options.read_only) {
    set_sqlite_lock_patience(session_, options.lock_patience);
  } else if (dialect() == Dialect::sqlite) {
    set_up_sqlite(session_, url, options.lock_patience);
    files_ = SqliteFiles::of(session_);
  } else {
    set_up_postgresql(session_, options);
    socket_ = SocketHandle::of(socket_of(session_));
  }
}

Connection::~Connection() {
  if (dialect() == Dialect::postgresql) end_postgresql_session(session_);
}

void Connection::set_lock_patience(std::chrono::milliseconds patience) {
  if (dialect() == Dialect::sqlite) set_sqlite_lock_patience(session_, patience);
}

void Connection::check_files() {
  if (dialect() == Dialect::sqlite) files_.check(session_);
}

bool Connection::in_transaction() {
  return dialect() == Dialect::sqlite ? in_sqlite_transaction(session_) : in_postgresql_transaction(session_);
}

void Connection::begin() {
  if (dialect() == Dialect::sqlite) {
    session_ << "BEGIN IMMEDIATE";
  } else {
    run_on_postgresql(session_, "BEGIN");
  }
}

void Connection::commit() {
  if (dialect() == Dialect::sqlite) {
    session_ << "COMMIT";
  } else {
    commit_on_postgresql(session_);
  }
}

void Connection::roll_back() noexcept {
  try {
    if (!in_transaction()) return;  // SQLite has rolled back by itself, on a full disk for instance
    if (dialect() == Dialect::sqlite) {
      session_ << "ROLLBACK";
    } else {
      run_on_postgresql(session_, "ROLLBACK");
    }
  } catch (const std::exception&) {
    give_up();
  }
}

bool Connection::is_lost() noexcept {
  if (dialect() == Dialect::sqlite) return false;
  given_up_ = given_up_ || is_postgresql_session_over(session_) || socket_.has_something_to_read();
  return given_up_;
}

bool fetch_one(soci::statement& statement) {
  const bool found = statement.execute(true);
  while (found && statement.fetch()) continue;
  return found;
}

}  // namespace cardea::sql
