#include "guard.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <stdexcept>
#include <string>

namespace example {
namespace {

using cardea::Error;
using cardea::ErrorCode;
using cardea::Result;

// What is not named is our own fault, and lets nobody in either.
int status_of(ErrorCode code) {
  using enum ErrorCode;
  switch (code) {
    case not_authenticated:
    case invalid_credentials:
    case token_invalid:
    case token_subject_missing:
    case token_session_ended:
    case user_not_found:
    case user_disabled:
    case refresh_token_invalid:
    case refresh_token_reused: return 401;
    case permission_required: return 403;
    case too_many_attempts: return 429;
    case store_unavailable:
    case service_unavailable:
    case key_set_unavailable: return 503;
    default: return 500;
  }
}

// RFC 6750 section 3: no error code when the request has no authentication at all.
std::string challenge(const Error& error) {
  using enum ErrorCode;
  if (error.code() == not_authenticated || error.code() == invalid_credentials) return "Bearer";
  if (error.code() == permission_required) {
    return R"(Bearer error="insufficient_scope", scope=")" + error.details().scope + '"';
  }
  return "Bearer error=\"invalid_token\"";
}

// RFC 6750 section 2.1. The scheme's name is the same in any case (RFC 9110 section 11.1).
Result<std::string> bearer_token_of(const httplib::Request& request) {
  const auto header = request.get_header_value("Authorization");
  const auto is_bearer =
      header.size() > 7 && std::ranges::equal(header.substr(0, 7), std::string_view{"bearer "}, {}, [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
      });
  if (request.get_header_value_count("Authorization") != 1 || !is_bearer) {
    return cardea::failure(ErrorCode::not_authenticated);
  }
  return header.substr(7);
}

// The account that a request's token is of, if `permission` is empty or allowed.
Result<cardea::User> caller(const cardea::TokenAuthenticator& tokens, const httplib::Request& request,
                            std::string_view permission) {
  const auto origin = origin_of(request);
  const auto now = cardea::SystemClock{}.now();
  const auto compact = bearer_token_of(request);
  if (!compact) return cardea::failure(compact.error());
  const auto token = tokens.verify(*compact, origin, now);
  if (!token) return cardea::failure(token.error());
  auto user = tokens.user_of(**token, origin, now);
  if (!user || permission.empty()) return user;
  const auto principal = tokens.principal_of(**token, origin, now);
  if (!principal) return cardea::failure(principal.error());
  if (principal->permissions.allows(permission)) return user;
  return cardea::failure(
      Error{ErrorCode::permission_required, cardea::PublicText{"Requires permission: " + std::string(permission)}}
          .with_scope(std::string(permission)));
}

httplib::Server::Handler guarded(const cardea::TokenAuthenticator& tokens, std::string permission,
                                 Guard::Handler handler) {
  return [&tokens, permission = std::move(permission), handler = std::move(handler)](const httplib::Request& request,
                                                                                     httplib::Response& response) {
    const auto user = caller(tokens, request, permission);
    if (!user) return refuse(response, user.error());
    handler(*user, response);
  };
}

}  // namespace

cardea::Origin origin_of(const httplib::Request& request) { return {.address = request.remote_addr, .request_id = {}}; }

void answer(httplib::Response& response, const boost::json::object& body) {
  response.set_header("Cache-Control", "no-store");
  response.set_content(boost::json::serialize(body), "application/json");
}

void refuse(httplib::Response& response, const Error& error) {
  response.status = status_of(error.code());
  const auto text = response.status == 500 ? std::string_view{"Internal Server Error"} : error.public_text();
  const auto code = response.status == 500 ? ErrorCode::internal_error : error.code();
  answer(response, {{"error", {{"message", text}, {"status", response.status}, {"code", cardea::name_of(code)}}}});
  if (response.status == 401 || response.status == 403) response.set_header("WWW-Authenticate", challenge(error));
  if (response.status == 429 || response.status == 503) {
    const auto seconds = std::max<std::int64_t>(1, error.details().retry_after.count());
    response.set_header("Retry-After", std::to_string(seconds));
  }
}

httplib::Server::Handler Guard::for_users(Handler handler) const { return guarded(tokens_, {}, std::move(handler)); }

httplib::Server::Handler Guard::for_holders_of(std::string_view permission, Handler handler) const {
  if (!cardea::Permission::parse(permission)) throw std::invalid_argument{"no permission: " + std::string(permission)};
  return guarded(tokens_, std::string(permission), std::move(handler));
}

}  // namespace example
