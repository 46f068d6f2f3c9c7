// What somebody who mistyped a name probably meant.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace cardea::service {

// The name fewest edits away; empty if none is near enough to be a typing error.
std::string_view nearest_name(std::string_view typed, std::span<const std::string> names);

}  // namespace cardea::service
