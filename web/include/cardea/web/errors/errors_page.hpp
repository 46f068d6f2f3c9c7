// The page docs/errors.md, made from the list of error codes.
#pragma once

#include <string>

namespace cardea::web {

std::string errors_page();

}  // namespace cardea::web
