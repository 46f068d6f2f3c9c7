#include <algorithm>
#include <cardea/core/token/token_type.hpp>
#include <utility>

namespace cardea {
namespace {

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool equal_in_any_case(std::string_view a, std::string_view b) { return std::ranges::equal(a, b, {}, lower, lower); }

}  // namespace

std::string_view name_of(TokenType type) noexcept {
  switch (type) {
    case TokenType::jwt: return "JWT";
    case TokenType::access_token: return "at+jwt";
  }
  std::unreachable();
}

bool is_named(TokenType type, std::string_view typ) noexcept {
  constexpr std::string_view kPrefix = "application/";
  if (equal_in_any_case(typ.substr(0, kPrefix.size()), kPrefix)) typ.remove_prefix(kPrefix.size());
  return equal_in_any_case(typ, name_of(type));
}

}  // namespace cardea
