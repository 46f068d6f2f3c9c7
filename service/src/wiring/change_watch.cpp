#include <algorithm>
#include <cardea/service/wiring/change_watch.hpp>
#include <cstdint>
#include <optional>

namespace cardea::service {
namespace {

// Of many changes within it only one is asked for.
constexpr std::chrono::milliseconds kSettling{4};

struct Watched {
  ChangeWatch::Topic topic;
  std::optional<std::uint64_t> seen = std::nullopt;
};

std::vector<Watched> unseen(const std::vector<ChangeWatch::Topic>& topics) {
  std::vector<Watched> all;
  for (const auto& topic : topics) all.push_back({topic});
  return all;
}

std::optional<std::uint64_t> version_of(const std::string& topic, const Result<sql::ChangeVersions>& versions) {
  if (!versions) return std::nullopt;
  const auto found = versions->find(topic);
  return found == versions->end() ? std::nullopt : std::optional{found->second};
}

// Whether there is nothing left to do.
bool look(sql::Database& database, std::vector<Watched>& all, const ChangeWatch::OnLook& on_look) {
  const auto versions = database.changes();
  on_look(versions.has_value());
  for (auto& watched : all) {
    const auto version = version_of(watched.topic.name, versions);
    if (version && version == watched.seen) continue;
    watched.seen = watched.topic.on_change() ? version : std::nullopt;
  }
  return std::ranges::all_of(all, [](const Watched& watched) { return watched.seen.has_value(); });
}

}  // namespace

ChangeWatch::ChangeWatch(sql::Database& database, const std::vector<Topic>& topics, std::chrono::milliseconds interval,
                         OnLook on_look)
    : listener_(database.listener()),
      thread_([&database, &listener = *listener_, interval, all = unseen(topics),
               on_look = std::move(on_look)](const std::stop_token& stop) mutable {
        while (!stop.stop_requested()) {
          const bool is_up_to_date = look(database, all, on_look);
          const auto most = is_up_to_date && listener.hears() ? kHearingInterval : interval;
          if (listener.wait(stop, most)) std::this_thread::sleep_for(kSettling);
        }
      }) {}

}  // namespace cardea::service
