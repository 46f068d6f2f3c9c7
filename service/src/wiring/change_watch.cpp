#include <cardea/service/wiring/change_watch.hpp>
#include <optional>

namespace cardea::service {

ChangeWatch::ChangeWatch(sql::Database& database, std::function<void()> on_change, std::chrono::milliseconds interval)
    : task_(interval, [&database, on_change = std::move(on_change), seen = std::optional<std::uint64_t>{}]() mutable {
        const auto version = database.data_version();
        if (!version || seen != *version) on_change();
        seen = version ? std::optional{*version} : std::nullopt;
      }) {}

}  // namespace cardea::service
