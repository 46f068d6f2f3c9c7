#include <cardea/web/errors/status_of.hpp>
#include <utility>

namespace cardea::web {

ErrorCode public_code_of(ErrorCode code) noexcept {
  using enum ErrorCode;
  switch (code) {
    case token_too_large:
    case token_malformed:
    case token_header_unsupported:
    case token_algorithm_refused:
    case token_key_unknown:
    case token_signature_invalid:
    case token_claims_malformed:
    case token_expiry_missing:
    case token_expired:
    case token_not_yet_valid:
    case token_issuer_refused:
    case token_audience_refused:
    case token_type_refused:
    case token_session_ended:
    case api_key_unknown:
    case api_key_expired:
    case api_key_revoked: return token_invalid;
    case store_unavailable:
    case key_set_unavailable: return service_unavailable;
    case json_malformed:
    case base64url_malformed: return invalid_request;
    case key_unusable:
    case key_set_unusable:
    case master_key_unusable:
    case password_hash_unsupported:
    case configuration_invalid:
    case file_unusable:
    case store_corrupt:
    case schema_too_new: return internal_error;
    default: return code;
  }
}

// NOLINTNEXTLINE(readability-function-size): a table, in which the compiler misses no code
unsigned status_of(ErrorCode code) noexcept {
  using enum ErrorCode;
  switch (code) {
    case invalid_request:
    case json_malformed:
    case base64url_malformed:
    case client_unauthorized:
    case grant_unsupported:
    case scope_invalid:
    case password_reset_invalid: return 400;
    case not_authenticated:
    case invalid_credentials:
    case token_invalid:
    case token_subject_missing:
    case user_not_found:
    case user_disabled:
    case client_invalid:
    case client_disabled:
    case token_too_large:
    case token_malformed:
    case token_header_unsupported:
    case token_algorithm_refused:
    case token_key_unknown:
    case token_signature_invalid:
    case token_claims_malformed:
    case token_expiry_missing:
    case token_expired:
    case token_not_yet_valid:
    case token_issuer_refused:
    case token_audience_refused:
    case token_type_refused:
    case token_session_ended:
    case api_key_unknown:
    case api_key_expired:
    case api_key_revoked:
    case refresh_token_invalid:
    case refresh_token_reused: return 401;
    case role_required:
    case permission_required:
    case owner_required:
    case session_required:
    case origin_refused:
    case registration_closed:
    case client_required: return 403;
    case not_found:
    case account_not_found:
    case session_not_found:
    case key_not_found:
    case client_not_found:
    case role_not_found:
    case api_key_not_found: return 404;
    case method_not_allowed: return 405;
    case request_timeout: return 408;
    case conflict:
    case role_in_use:
    case role_declared:
    case last_administrator:
    case username_taken: return 409;
    case precondition_failed: return 412;
    case content_too_large: return 413;
    case uri_too_long: return 414;
    case unsupported_media_type: return 415;
    case validation_failed:
    case username_invalid:
    case email_invalid:
    case role_invalid:
    case role_includes_itself:
    case permission_unknown:
    case permission_invalid:
    case client_name_invalid:
    case api_key_rejected:
    case password_rejected: return 422;
    case precondition_required: return 428;
    case too_many_requests:
    case too_many_attempts: return 429;
    case header_too_large: return 431;
    case internal_error:
    case key_unusable:
    case key_set_unusable:
    case master_key_unusable:
    case password_hash_unsupported:
    case configuration_invalid:
    case file_unusable:
    case store_corrupt:
    case schema_too_new: return 500;
    case not_implemented: return 501;
    case service_unavailable:
    case store_unavailable:
    case key_set_unavailable: return 503;
    case http_version_not_supported: return 505;
  }
  std::unreachable();
}

std::string_view reason_phrase(unsigned status) noexcept {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 304: return "Not Modified";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 422: return "Unprocessable Content";
    case 428: return "Precondition Required";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
    default: return status < 400 ? "OK" : "Error";
  }
}

}  // namespace cardea::web
