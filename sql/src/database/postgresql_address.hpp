// A PostgreSQL URL as its user writes it, and as libpq is given it.
#pragma once

#include <cardea/core/base/secret.hpp>
#include <expected>
#include <string>

namespace cardea::sql {

// The same address with this program's defaults, as a URL without a blank, which SOCI would stop at. Error: what is
// wrong and, behind a semicolon, what to write instead; without a piece of the URL.
std::expected<Secret, std::string> postgresql_address(const std::string& url);

}  // namespace cardea::sql
