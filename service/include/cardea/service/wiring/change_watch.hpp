// Makes what other processes change in the database (the command line, above all) show in a running server.
#pragma once

#include <cardea/sql/database/change_listener.hpp>
#include <cardea/sql/database/database.hpp>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace cardea::service {

// Asks the database every `interval` what has changed, and calls a topic's `on_change` at the start, and whenever its
// version has changed or cannot be read, whatever has become of the others; and again until it has taken the change in.
// What it is given outlives it.
//
// Where the database tells of changes it asks at once then, and otherwise less often, every kHearingInterval: a notice
// that is lost costs that long.
//
// `on_look` is told each time, before the topics are called, whether the database could be read. Where the topics then
// take longer than `longest`, it is told that it could not while they still do, by another thread; and all of them are
// called again.
class ChangeWatch {
 public:
  struct Topic {
    std::string name;                 // as in sql::ChangeVersions
    std::function<bool()> on_change;  // false: it could not take the change in this time
  };
  static constexpr std::chrono::milliseconds kInterval{50}, kHearingInterval{200};

  using OnLook = std::function<void(bool could_read)>;

  ChangeWatch(
      sql::Database& database, const std::vector<Topic>& topics, std::chrono::milliseconds interval = kInterval,
      OnLook on_look = [](bool) {}, std::chrono::milliseconds longest = std::chrono::hours{1});

 private:
  // Tells when something takes longer than it may, while it still does.
  class Overdue {
   public:
    Overdue(std::chrono::milliseconds longest, std::function<void()> tell);

    void begin();
    bool end();  // whether it was told

   private:
    using SteadyTime = std::chrono::steady_clock::time_point;
    void watch(const std::stop_token& stop);

    const std::chrono::milliseconds longest_;
    const std::function<void()> tell_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::optional<SteadyTime> due_;
    bool told_ = false;
    std::jthread thread_;
  };
  struct Watched;

  static bool look(sql::Database& database, std::vector<Watched>& all, const OnLook& on_look, Overdue& overdue);

  std::unique_ptr<sql::ChangeListener> listener_;
  OnLook on_look_;
  Overdue overdue_;
  std::jthread thread_;
};

}  // namespace cardea::service
