#include <cardea/service/wiring/change_watch.hpp>
#include <cstdint>
#include <optional>

namespace cardea::service {
namespace {

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

void look(sql::Database& database, std::vector<Watched>& all, const ChangeWatch::OnLook& on_look) {
  const auto versions = database.changes();
  on_look(versions.has_value());
  for (auto& watched : all) {
    const auto version = version_of(watched.topic.name, versions);
    if (version && version == watched.seen) continue;
    watched.seen = watched.topic.on_change() ? version : std::nullopt;
  }
}

}  // namespace

ChangeWatch::ChangeWatch(sql::Database& database, const std::vector<Topic>& topics, std::chrono::milliseconds interval,
                         OnLook on_look)
    : task_(interval, [&database, all = unseen(topics), on_look = std::move(on_look)]() mutable {
        look(database, all, on_look);
      }) {}

}  // namespace cardea::service
