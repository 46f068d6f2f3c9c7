// Authorization: a token is taken exactly from what has the form of RFC 6750 section 2.1. Each line is a header field.
#include <cardea/web/security/bearer_token.hpp>
#include <string>
#include <vector>

#include "fuzzers.hpp"
#include "property.hpp"

namespace cardea::fuzz {
namespace {

bool is_bearer(std::string_view scheme) {
  constexpr std::string_view kLower = "bearer";
  if (scheme.size() != kLower.size()) return false;
  for (std::size_t i = 0; i < scheme.size(); ++i) {
    if (scheme[i] != kLower[i] && scheme[i] != kLower[i] - 'a' + 'A') return false;
  }
  return true;
}

// "Bearer" 1*SP and one value; empty for anything else.
std::string_view token_in(std::string_view field) {
  const auto scheme = field.substr(0, field.find(' '));
  auto rest = field.substr(scheme.size());
  while (rest.starts_with(' ')) rest.remove_prefix(1);
  const bool is_one = rest.find_first_of(" \t,") == std::string_view::npos;
  return is_bearer(scheme) && is_one ? rest : std::string_view{};
}

}  // namespace

void authorization(std::string_view text) {
  web::Request request;
  std::vector<std::string> fields;
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(line.size() < text.size() ? line.size() + 1 : line.size());
    fields.emplace_back(line);
    request.headers.add("Authorization", line);
  }
  const auto presented = web::PresentedToken::resolve(request);
  if (fields.size() > 1) return require(!presented.has_value(), "two headers are refused");
  const auto token = fields.empty() ? std::string_view{} : token_in(fields.front());
  require((presented && presented->value) == !token.empty(), "a token is taken exactly from what presents one");
  if (!token.empty()) require(*presented->value == token, "the token is taken to the byte");
}

}  // namespace cardea::fuzz
