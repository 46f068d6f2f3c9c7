#include <cardea/core/token/token_profile.hpp>
#include <utility>

namespace cardea {

std::string_view name_of(TokenProfile profile) noexcept {
  switch (profile) {
    case TokenProfile::tutorial: return "tutorial";
    case TokenProfile::rfc9068: return "rfc9068";
  }
  std::unreachable();
}

TokenType token_type_of(TokenProfile profile) noexcept {
  return profile == TokenProfile::rfc9068 ? TokenType::access_token : TokenType::jwt;
}

TokenProfile profile_of(TokenType type) noexcept {
  return type == TokenType::access_token ? TokenProfile::rfc9068 : TokenProfile::tutorial;
}

}  // namespace cardea
