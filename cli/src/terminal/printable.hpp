// Text of strangers, fit for a terminal.
#pragma once

#include <string>
#include <string_view>

namespace cardea::cli {

// One "?" for each control character (C0, DEL, C1), line or paragraph separator, mark that changes the direction of
// writing, and byte that is not UTF-8.
std::string printable(std::string_view text);

}  // namespace cardea::cli
