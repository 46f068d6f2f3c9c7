// The refusal of a value that was sent as text: 422 with the one field that is wrong.
#pragma once

#include <cardea/core/base/error.hpp>
#include <string>
#include <string_view>

namespace cardea::web {

Error invalid_value(std::string_view part, std::string_view name, std::string reason);

}  // namespace cardea::web
