// The successions of a refresh family as one column: "MICROSECONDS GENERATION SALT" with the salt in base64url, each
// ended by a line break.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cardea/core/session/refresh_family.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace cardea::sql {

std::string succession_text(const std::vector<RefreshFamily::Succession>& successions);

// Empty for text that the other one does not write.
std::optional<std::vector<RefreshFamily::Succession>> parse_successions(std::string_view text);

}  // namespace cardea::sql
