#include <cardea/service/wiring/change_watch.hpp>

namespace cardea::service {
namespace {

// Of many changes within it only one is asked for.
constexpr std::chrono::milliseconds kSettling{4};

std::optional<std::uint64_t> version_of(const std::string& topic, const Result<sql::ChangeVersions>& versions) {
  if (!versions) return std::nullopt;
  const auto found = versions->find(topic);
  return found == versions->end() ? std::nullopt : std::optional{found->second};
}

}  // namespace

bool ChangeWatch::look() {
  const auto asked = Freshness::Clock::now();
  const auto versions = database_.changes();
  bool all_taken = true, all_fresh = versions.has_value();
  for (auto& watched : all_) {
    const auto version = version_of(watched.topic.name, versions);
    if (version && version == watched.seen) continue;
    const bool taken = (versions || !watched.topic.asks_database) && watched.topic.on_change();
    watched.seen = taken ? version : std::nullopt;
    all_taken = all_taken && watched.seen.has_value();
    all_fresh = all_fresh && (taken || watched.topic.may_lag);
  }
  if (all_fresh) freshness_.last_until(asked + holds_);
  return all_taken;
}

// What it did not get to it gets to the next time: freshness has not gone on.
bool ChangeWatch::look_without_fail() try { return look(); } catch (const std::bad_alloc&) {
  return false;
}

void ChangeWatch::run(const std::stop_token& stop, std::chrono::milliseconds interval) {
  while (!stop.stop_requested()) {
    const auto most = look_without_fail() && listener_->hears() ? kHearingInterval : interval;
    if (listener_->wait(stop, most)) std::this_thread::sleep_for(kSettling);
  }
}

ChangeWatch::ChangeWatch(sql::Database& database, const std::vector<Topic>& topics, Freshness& freshness,
                         std::chrono::milliseconds interval, std::chrono::milliseconds holds)
    : database_(database), freshness_(freshness), holds_(holds), listener_(database.listener()) {
  for (const auto& topic : topics) all_.push_back({topic});
  thread_ = std::jthread([this, interval](const std::stop_token& stop) { run(stop, interval); });
}

}  // namespace cardea::service
