#include <algorithm>
#include <cardea/service/wiring/change_watch.hpp>
#include <cstdint>
#include <optional>

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

ChangeWatch::Overdue::Overdue(std::chrono::milliseconds longest, std::function<void()> tell)
    : longest_(longest), tell_(std::move(tell)), thread_([this](const std::stop_token& stop) { watch(stop); }) {}

void ChangeWatch::Overdue::begin() {
  {
    const std::lock_guard lock{mutex_};
    due_ = std::chrono::steady_clock::now() + longest_;
    told_ = false;
  }
  changed_.notify_one();
}

bool ChangeWatch::Overdue::end() {
  const std::lock_guard lock{mutex_};
  due_.reset();
  return told_;
}

void ChangeWatch::Overdue::watch(const std::stop_token& stop) {
  std::unique_lock lock{mutex_};
  while (!stop.stop_requested()) {
    if (!due_) {
      changed_.wait(lock, stop, [this] { return due_.has_value(); });
    } else if (std::chrono::steady_clock::now() < *due_) {
      changed_.wait_until(lock, stop, *due_, [] { return false; });
    } else {
      due_.reset();
      told_ = true;
      tell_();
    }
  }
}

struct ChangeWatch::Watched {
  Topic topic;
  std::optional<std::uint64_t> seen = std::nullopt;
};

// Whether there is nothing left to do.
bool ChangeWatch::look(sql::Database& database, std::vector<Watched>& all, const OnLook& on_look, Overdue& overdue) {
  const auto versions = database.changes();
  on_look(versions.has_value());
  const auto is_known = [&](const Watched& watched) {
    const auto version = version_of(watched.topic.name, versions);
    return version && version == watched.seen;
  };
  if (std::ranges::all_of(all, is_known)) return true;
  overdue.begin();
  for (auto& watched : all) {
    if (is_known(watched)) continue;
    watched.seen = watched.topic.on_change() ? version_of(watched.topic.name, versions) : std::nullopt;
  }
  if (overdue.end()) std::ranges::for_each(all, [](Watched& watched) { watched.seen.reset(); });
  return std::ranges::all_of(all, [](const Watched& watched) { return watched.seen.has_value(); });
}

ChangeWatch::ChangeWatch(sql::Database& database, const std::vector<Topic>& topics, std::chrono::milliseconds interval,
                         OnLook on_look, std::chrono::milliseconds longest)
    : listener_(database.listener()),
      on_look_(std::move(on_look)),
      overdue_(longest, [this] { on_look_(false); }),
      thread_([this, &database, topics, interval](const std::stop_token& stop) {
        std::vector<Watched> all;
        for (const auto& topic : topics) all.push_back({topic});
        while (!stop.stop_requested()) {
          const bool is_up_to_date = look(database, all, on_look_, overdue_);
          const auto most = is_up_to_date && listener_->hears() ? kHearingInterval : interval;
          if (listener_->wait(stop, most)) std::this_thread::sleep_for(kSettling);
        }
      }) {}

}  // namespace cardea::service
