#include <cardea/core/client/client_name.hpp>

#include "base/display_name.hpp"

namespace cardea {
namespace {

constexpr std::size_t kMostCharacters = 80;

}  // namespace

Result<ClientName> ClientName::parse(std::string_view text) {
  if (!is_display_name(text, kMostCharacters)) return failure(ErrorCode::client_name_invalid);
  return ClientName{std::string(text)};
}

}  // namespace cardea
