#include "database/sqlite_session.hpp"

#include <cerrno>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>

namespace cardea::sql {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

std::string pragma(soci::session& session, const std::string& text) {
  std::string answer;
  session << "PRAGMA " + text, soci::into(answer);
  return answer;
}

// The first switch of a new file needs the file alone, and SQLite does not wait for that by itself.
void switch_to_write_ahead_log(soci::session& session, milliseconds patience) {
  const auto deadline = steady_clock::now() + patience;
  while (true) {
    try {
      if (pragma(session, "journal_mode = WAL") == "wal") return;
      throw soci::soci_error("this file system cannot carry a write-ahead log");
    } catch (const soci::sqlite3_soci_error& error) {
      if (error.result() != SQLITE_BUSY || steady_clock::now() >= deadline) throw;
    }
    std::this_thread::sleep_for(milliseconds{2});
  }
}

// A path within a URI (https://www.sqlite.org/uri.html).
std::string percent_encoded(std::string_view path) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string text;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (is_plain || std::string_view{"/-._~"}.contains(c)) {
      text += c;
    } else {
      text.append({'%', kDigits[byte >> 4U], kDigits[byte & 0xFU]});
    }
  }
  return text;
}

bool has_write_ahead_log(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(path + "-wal", ignored);
}

soci::sqlite3_soci_error with_answer(const soci::sqlite3_soci_error& error, int answer) {
  const bool was_refused = error.result() == SQLITE_IOERR || error.result() == SQLITE_CANTOPEN;
  if (!was_refused || answer == 0) return error;
  return {std::generic_category().message(answer) + ": " + error.get_error_message(), error.result()};
}

// SOCI does not hand over what it could not open, so that SQLite cannot be asked.
soci::session opened(const std::string& how) try {
  errno = 0;
  return {soci::sqlite3, how};
} catch (const soci::sqlite3_soci_error& error) {
  throw with_answer(error, errno);
}

sqlite_api::sqlite3* handle_of(soci::session& session) {
  return static_cast<soci::sqlite3_session_backend*>(session.get_backend())->conn_;
}

}  // namespace

soci::session open_sqlite(const DatabaseUrl& url) { return opened("dbname=\"" + url.path() + "\""); }

soci::session open_sqlite_to_read(const DatabaseUrl& url) {
  if (url.in_memory()) return open_sqlite(url);
  const std::string nobody_writes = has_write_ahead_log(url.path()) ? "" : "?immutable=1";
  return opened("readonly=true dbname=\"file:" + percent_encoded(url.path()) + nobody_writes + "\"");
}

void set_up_sqlite(soci::session& session, const DatabaseUrl& url, milliseconds lock_patience) try {
  set_sqlite_lock_patience(session, lock_patience);
  if (!url.in_memory()) switch_to_write_ahead_log(session, lock_patience);
  session << "PRAGMA synchronous = FULL";
  session << "PRAGMA foreign_keys = ON";
} catch (const soci::sqlite3_soci_error& error) {
  throw with_systems_answer(error, session);
}

void set_sqlite_lock_patience(soci::session& session, milliseconds patience) {
  sqlite_api::sqlite3_busy_timeout(handle_of(session), static_cast<int>(patience.count()));
}

bool in_sqlite_transaction(soci::session& session) {
  return sqlite_api::sqlite3_get_autocommit(handle_of(session)) == 0;
}

soci::sqlite3_soci_error with_systems_answer(const soci::sqlite3_soci_error& error, soci::session& session) {
  return with_answer(error, sqlite_api::sqlite3_system_errno(handle_of(session)));
}

std::string write_ahead_log_of(soci::session& session) {
  const char* const name = sqlite_api::sqlite3_db_filename(handle_of(session), "main");
  return name == nullptr || *name == '\0' ? std::string{} : sqlite_api::sqlite3_filename_wal(name);
}

bool has_sqlite_file_moved(soci::session& session) {
  int moved = 0;
  sqlite_api::sqlite3_file_control(handle_of(session), "main", SQLITE_FCNTL_HAS_MOVED, &moved);
  return moved != 0;
}

}  // namespace cardea::sql
