// Hears of changes as they are committed, by PostgreSQL's NOTIFY, so that what has changed is known at once and need
// not be asked for often. On SQLite, and wherever notices do not come, it hears nothing: whoever waits asks again after
// a while, and misses nothing.
#pragma once

#include <cardea/sql/database/database_url.hpp>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

namespace cardea::sql {

// Thread-safe.
class ChangeListener {
 public:
  // Connects on a thread of its own, and again whenever the connection is lost.
  explicit ChangeListener(const DatabaseUrl& url);

  // Until a notice, the stop, or the end of `most`: whether there was a notice. One that came since the last wait
  // counts, and so does each new connection: what came before it was not heard.
  bool wait(const std::stop_token& stop, std::chrono::milliseconds most);

  // Whether there is a connection on which notices come.
  bool hears() const;

 private:
  void run(const DatabaseUrl& url, const std::stop_token& stop);
  void set_hears(bool hears);
  void notice();

  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  bool hears_ = false;
  bool noticed_ = false;
  std::jthread thread_;  // the last member: it uses the others
};

}  // namespace cardea::sql
