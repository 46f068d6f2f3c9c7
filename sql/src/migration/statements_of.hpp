// Splits a migration file into its statements.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cardea::sql {

// A statement ends with `;` at the end of a line; lines that begin with `--` are comments. What follows the last `;`
// is a statement too unless it is blank.
std::vector<std::string> statements_of(std::string_view sql);

}  // namespace cardea::sql
