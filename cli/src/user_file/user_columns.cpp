#include "user_file/user_columns.hpp"

#include <algorithm>

#include "terminal/printable.hpp"

namespace cardea::cli {

std::optional<UserColumn> user_column_named(std::string_view name) noexcept {
  const auto* const found = std::ranges::find(kUserColumnNames, name);
  if (found == kUserColumnNames.end()) return std::nullopt;
  return static_cast<UserColumn>(found - kUserColumnNames.begin());
}

Error unknown_column(std::string_view name) {
  constexpr std::size_t kShown = 64;
  return Error{ErrorCode::invalid_request, PublicText{"unknown column \"" + printable(name.substr(0, kShown)) +
                                                      "\"; --ignore-columns leaves it out"}};
}

}  // namespace cardea::cli
