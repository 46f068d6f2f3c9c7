#include "errors/oauth_error.hpp"

#include <algorithm>
#include <cardea/web/errors/status_of.hpp>

namespace cardea::web {
namespace {

// RFC 6749 section 5.2; server_error and temporarily_unavailable are those of section 4.1.2.1.
std::string_view oauth_code_of(ErrorCode code) noexcept {
  using enum ErrorCode;
  switch (code) {
    case client_invalid: return "invalid_client";
    case client_unauthorized: return "unauthorized_client";
    case grant_unsupported: return "unsupported_grant_type";
    case scope_invalid: return "invalid_scope";
    case invalid_credentials:  // of the password grant
    case refresh_token_invalid:
    case refresh_token_reused:
    case user_not_found:  // whose token was to be exchanged
    case user_disabled: return "invalid_grant";
    default: break;
  }
  const auto status = status_of(code);
  if (status == 429 || status == 503) return "temporarily_unavailable";
  return status >= 500 ? "server_error" : "invalid_request";
}

constexpr bool is_allowed(char c) noexcept { return c >= 0x20 && c <= 0x7E && c != '"' && c != '\\'; }

}  // namespace

// 401 asks for the client's credentials, and for nothing else.
unsigned oauth_status_of(ErrorCode code) noexcept {
  const auto status = status_of(code);
  const bool is_value = status == 422 || (status == 401 && code != ErrorCode::client_invalid);
  return is_value ? 400 : status;
}

std::string oauth_error(ErrorCode code, std::string_view message, const std::vector<FieldError>& fields) {
  std::string description(message);
  for (const auto& field : fields) description += "; " + field.where + ' ' + field.reason;
  std::ranges::replace_if(description, [](char c) { return !is_allowed(c); }, '?');
  return R"({"error":")" + std::string(oauth_code_of(code)) + R"(","error_description":")" + description + R"("})";
}

}  // namespace cardea::web
