// Rows for people: columns as wide as their longest cell, two spaces apart.
#pragma once

#include <string>
#include <vector>

namespace cardea::cli {

using Row = std::vector<std::string>;

// Every row has as many cells as the heading. Cells may hold text of strangers (printable.hpp).
std::string table(const Row& heading, std::vector<Row> rows);

}  // namespace cardea::cli
