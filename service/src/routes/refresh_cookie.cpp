#include "routes/refresh_cookie.hpp"

namespace cardea::service {
namespace {

constexpr std::string_view kName = "__Secure-cardea_refresh";
// The routes that read it, and no others.
constexpr std::string_view kAttributes = "; Path=/auth; HttpOnly; Secure; SameSite=Strict";

// The host and port of an Origin (RFC 6454 section 7); empty for "null" and for what is none.
std::string_view authority_of(std::string_view origin) {
  constexpr std::string_view kSchemeEnd = "://";
  const auto end = origin.find(kSchemeEnd);
  return end == std::string_view::npos ? std::string_view{} : origin.substr(end + kSchemeEnd.size());
}

bool comes_from_this_host(const web::Headers& headers) {
  const auto origin = headers.find("Origin"), host = headers.find("Host");
  if (!origin || !host || headers.count("Origin") != 1) return false;
  const auto authority = authority_of(*origin);
  return !authority.empty() && web::equal_ignoring_case(authority, *host);
}

}  // namespace

Result<RefreshCookie> RefreshCookie::resolve(const Presented& presented, const web::Request& request) {
  RefreshCookie cookie;
  cookie.token_ = presented.value;
  cookie.is_of_this_origin_ = comes_from_this_host(request.headers);
  return cookie;
}

Result<std::string> RefreshCookie::token() const {
  if (!is_of_this_origin_) return failure(ErrorCode::origin_refused);
  return *token_;
}

std::string RefreshCookie::set(const TokenPair& tokens) {
  std::string field{kName};
  field.append("=").append(tokens.refresh_token.expose());
  field.append("; Max-Age=").append(std::to_string(tokens.refresh_expires_in.count()));
  return field.append(kAttributes);
}

std::string RefreshCookie::clear() { return std::string(kName).append("=; Max-Age=0").append(kAttributes); }

}  // namespace cardea::service
