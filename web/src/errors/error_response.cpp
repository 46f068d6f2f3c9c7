#include <algorithm>
#include <cardea/core/base/json_text.hpp>
#include <cardea/web/errors/error_response.hpp>
#include <cardea/web/errors/status_of.hpp>
#include <cardea/web/extract/exchange.hpp>

#include "errors/oauth_error.hpp"

namespace cardea::web {
namespace {

constexpr std::string_view kProblemJson = "application/problem+json";

void append_member(std::string& out, std::string_view name, std::string_view value) {
  append_json_string(out, name);
  out += ':';
  append_json_string(out, value);
  out += ',';
}

void append_fields(std::string& out, const std::vector<FieldError>& fields) {
  out += ",\"fields\":[";
  for (const auto& field : fields) {
    if (&field != &fields.front()) out += ',';
    out += '{';
    append_member(out, "where", field.where);
    out += "\"reason\":";
    append_json_string(out, field.reason);
    out += '}';
  }
  out += ']';
}

struct Facts {
  std::string_view message;
  unsigned status;
  ErrorCode code;
  const std::vector<FieldError>& fields;
};

// The members that both shapes share, from `status` on.
void append_common(std::string& out, const Facts& facts, const ErrorRendering& rendering, std::string_view path_name) {
  out += "\"status\":" + std::to_string(facts.status) + ',';
  append_member(out, path_name, rendering.path);
  append_member(out, "code", name_of(facts.code));
  out += "\"request_id\":";
  append_json_string(out, rendering.request_id);
  if (!facts.fields.empty()) append_fields(out, facts.fields);
}

std::string error_envelope(const Facts& facts, const ErrorRendering& rendering) {
  std::string out = "{\"error\":{";
  append_member(out, "message", facts.message);
  append_common(out, facts, rendering, "path");
  return out + "}}";
}

std::string problem_details(const Facts& facts, const ErrorRendering& rendering) {
  std::string out = R"({"type":"about:blank",)";
  append_member(out, "title", reason_phrase(facts.status));
  append_member(out, "detail", facts.message);
  append_common(out, facts, rendering, "instance");
  return out + '}';
}

// RFC 6750 section 3: no error code when the request has no authentication at all.
std::string challenge(ErrorCode code, const ErrorDetails& details) {
  using enum ErrorCode;
  if (code == client_invalid) return "Basic realm=\"cardea\"";
  if (code == not_authenticated || code == invalid_credentials) return "Bearer";
  if (code == role_required || code == permission_required || code == owner_required || code == client_required) {
    const std::string insufficient = "Bearer error=\"insufficient_scope\"";
    return details.scope.empty() ? insufficient : insufficient + ", scope=\"" + details.scope + '"';
  }
  return "Bearer error=\"invalid_token\"";
}

void set_headers(Response& response, ErrorCode code, const ErrorDetails& details) {
  if (response.status == 401 || response.status == 403)
    response.headers.add("WWW-Authenticate", challenge(code, details));
  if (response.status == 429 || response.status == 503) {
    response.headers.add("Retry-After", std::to_string(std::max<std::int64_t>(1, details.retry_after.count())));
  }
  if (response.status == 412 && details.version) {
    response.headers.add("ETag", '"' + std::to_string(*details.version) + '"');
  }
  if (response.status == 405) {
    std::string allow;
    for (const auto& method : details.allow) allow += (allow.empty() ? "" : ", ") + method;
    response.headers.add("Allow", allow);
  }
}

// True if the Accept header names problem details and does not forbid them by q=0 (RFC 9110 section 12.5.1).
bool accepts_problem_details(const Headers& headers) noexcept {
  const auto accept = headers.find("Accept");
  if (!accept) return false;
  auto rest = *accept;
  while (!rest.empty()) {
    auto range = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(range.size() + 1, rest.size()));
    range.remove_prefix(std::min(range.find_first_not_of(" \t"), range.size()));
    const auto type = range.substr(0, range.find_first_of("; \t"));
    if (equal_ignoring_case(type, kProblemJson)) {
      const auto q = range.find("q=0");
      return q == std::string_view::npos || range.find_first_of("123456789", q) != std::string_view::npos;
    }
  }
  return false;
}

std::string body_of(const Facts& facts, const ErrorRendering& rendering) {
  switch (rendering.shape) {
    case ErrorShape::envelope: return error_envelope(facts, rendering);
    case ErrorShape::problem_details: return problem_details(facts, rendering);
    case ErrorShape::oauth: return oauth_error(facts.code, facts.message, facts.fields);
  }
  std::unreachable();
}

}  // namespace

ErrorRendering rendering_for(const Request& request) noexcept {
  const bool asks = accepts_problem_details(request.headers);
  return {path_of(request.target), request.request_id, asks ? ErrorShape::problem_details : ErrorShape::envelope};
}

Response error_response(const Error& error, const ErrorRendering& rendering) {
  const auto code = public_code_of(error.code());
  const bool is_oauth = rendering.shape == ErrorShape::oauth;
  const auto status = is_oauth ? oauth_status_of(code) : status_of(code);
  const auto text = status == 500 || code != error.code() ? default_text_of(code) : error.public_text();
  const Facts facts{text, status, code, error.details().fields};
  Response response{status, {}, {}};
  const bool is_problem = rendering.shape == ErrorShape::problem_details;
  response.headers.add("Content-Type", is_problem ? kProblemJson : "application/json");
  if (is_oauth) response.headers.add("Cache-Control", "no-store");
  set_headers(response, code, error.details());
  response.body = body_of(facts, rendering);
  return response;
}

}  // namespace cardea::web
