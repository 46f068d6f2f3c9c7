// docs/configuration.md, made from the table of options; a test keeps the committed page the same.
#pragma once

#include <string>

namespace cardea::service {

std::string options_page();

}  // namespace cardea::service
