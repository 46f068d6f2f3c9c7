// For how long an answer says that it stays right (RFC 9111 sections 4.2.1 and 5.2.2).
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string_view>

namespace cardea::web {

// The values of all fields of that name. What max-age has left after Age; nothing if Cache-Control does not say. Zero
// for no-store and no-cache, and for a max-age or an Age that is malformed or said twice.
std::optional<std::chrono::seconds> freshness_of(std::span<const std::string_view> cache_control,
                                                 std::span<const std::string_view> age);

}  // namespace cardea::web
