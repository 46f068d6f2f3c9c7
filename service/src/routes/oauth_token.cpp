#include <algorithm>
#include <boost/json/serialize.hpp>
#include <cardea/core/session/access_token_issuer.hpp>
#include <cardea/core/session/session_issuer.hpp>
#include <cardea/service/routes/oauth_client_authentication.hpp>
#include <cardea/service/routes/oauth_token.hpp>
#include <cardea/service/wiring/authorization_server.hpp>

#include "routes/client.hpp"
#include "routes/password_sessions.hpp"

namespace cardea::service {
namespace {

constexpr std::size_t kLongestBody = std::size_t{16} * 1024;

// What the grants get their tokens from.
struct TokenSources {
  const AuthorizationServer* server;
  const AccessTokenIssuer* clients;
  SessionIssuer* sessions;
  AuditSink* audit;

  static TokenSources resolve(web::Use<AuthorizationServer> server, web::Use<AccessTokenIssuer> clients,
                              web::Use<SessionIssuer> sessions, web::Use<AuditSink> audit) {
    return {&*server, &*clients, &*sessions, &*audit};
  }
};

// Who asks, for what, and from where.
struct Asked {
  OptionalClient by;
  TokenRequest request;
  ClientTrace from;
  web::RequestContext context;
};

Result<Grant> grant_of(std::string_view grant_type, const AuthorizationServer& server) {
  const auto found = std::ranges::find(kGrants, grant_type, [](Grant grant) { return name_of(grant); });
  if (found == kGrants.end()) return failure(ErrorCode::grant_unsupported);
  if (*found == Grant::password && !server.allows_password_grant()) return failure(ErrorCode::grant_unsupported);
  return *found;
}

// What the client asks for, or all that it may have (RFC 6749 section 3.3).
Result<PermissionSet> granted_scope(const std::optional<std::string>& asked, const OAuthClient& client) {
  if (!asked) return client.scopes;
  auto scope = PermissionSet::parse_scope(*asked);
  if (!scope) return failure(ErrorCode::scope_invalid, PublicText{"The scope is malformed"});
  if (!scope->beyond(client.scopes).empty()) {
    return failure(ErrorCode::scope_invalid, PublicText{"The scope is more than the client was granted"});
  }
  return scope;
}

// The tokens of a user's session.
Result<OAuthTokenAnswer> answer_of(Result<TokenPair> tokens) {
  if (!tokens) return failure(std::move(tokens).error());
  auto& access = tokens->access;
  return OAuthTokenAnswer{
      std::move(access.token), "bearer", access.expires_in.count(), {}, std::move(tokens->refresh_token)};
}

Done check_no_scope(const TokenRequest& request) {
  if (!request.scope) return {};
  return failure(ErrorCode::scope_invalid, PublicText{"A session's tokens have no scope that could be narrowed"});
}

// RFC 6749 section 4.4.
Result<OAuthTokenAnswer> grant_client_credentials(const Asked& asked, const TokenSources& sources) {
  if (!asked.by.client) return failure(ErrorCode::client_invalid);
  const auto& client = *asked.by.client;
  if (client.kind == ClientKind::public_client) return failure(ErrorCode::client_unauthorized);
  const auto granted = granted_scope(asked.request.scope, client);
  if (!granted) return failure(granted.error());
  auto scope = granted->to_scope();
  const auto& context = asked.context;
  auto issued = sources.clients->issue_for_client(client, context.received_at, scope);
  if (!issued) return failure(std::move(issued).error());
  sources.audit->record({context.received_at, AuditAction::client_token_issued, std::string(client.id.text()),
                         context.origin, std::nullopt});
  return OAuthTokenAnswer{std::move(issued->token), "bearer", issued->expires_in.count(), std::move(scope), {}};
}

// RFC 6749 section 6.
Result<OAuthTokenAnswer> grant_refresh_token(const Asked& asked, const TokenSources& sources) {
  const auto& request = asked.request;
  if (!request.refresh_token) return failure(oauth_detail::missing("refresh_token"));
  if (auto checked = check_no_scope(request); !checked) return failure(std::move(checked).error());
  return answer_of(
      sources.sessions->refresh(*request.refresh_token, asked.from, asked.context.origin, asked.context.received_at));
}

Result<PasswordLogin> login_of(const Asked& asked) {
  const auto& request = asked.request;
  if (!asked.by.client) return failure(ErrorCode::client_invalid);
  if (!request.username) return failure(oauth_detail::missing("username"));
  if (!request.password) return failure(oauth_detail::missing("password"));
  if (auto checked = check_no_scope(request); !checked) return failure(std::move(checked).error());
  return PasswordLogin{*request.username, Secret::copy_of(*request.password), asked.from, asked.context.origin};
}

// RFC 6749 section 4.3. What is wrong with the name or the password is an invalid_grant.
web::Task<Result<OAuthTokenAnswer>> grant_password(Asked asked, PasswordSessions sessions) {
  auto login = login_of(asked);
  if (!login) co_return failure(std::move(login).error());
  co_return answer_of(co_await sessions.start(*std::move(login), asked.context.received_at));
}

web::Task<Result<OAuthTokenAnswer>> answer(OptionalClient client, OAuthForm<TokenRequest> request, TokenSources sources,
                                           web::Use<web::BlockingPool> blocking, PasswordSessions passwords,
                                           Client from, web::RequestContext context) {
  const auto grant = grant_of(request->grant_type, *sources.server);
  if (!grant) co_return failure(grant.error());
  Asked asked{std::move(client), std::move(request.value), std::move(from.trace), std::move(context)};
  if (*grant == Grant::password) co_return co_await grant_password(std::move(asked), passwords);
  const auto granted = *grant == Grant::refresh_token ? grant_refresh_token : grant_client_credentials;
  auto job = [granted, asked = std::move(asked), sources] { return granted(asked, sources); };
  co_return co_await blocking->run(std::move(job));
}

}  // namespace

std::string_view name_of(Grant grant) noexcept {
  switch (grant) {
    case Grant::client_credentials: return "client_credentials";
    case Grant::refresh_token: return "refresh_token";
    case Grant::password: return "password";
  }
  std::unreachable();
}

void add_oauth_token(web::App& app) {
  app.post<"/oauth2/token">(answer)
      .oauth_errors()
      .body_limit(kLongestBody)
      .tag("oauth2")
      .summary("Get a token as an OAuth 2 client")
      .description("RFC 6749. The client authenticates by HTTP Basic, or by client_id and client_secret in the body.");
}

}  // namespace cardea::service

namespace cardea::web {

Result<Response> Responder<service::OAuthTokenAnswer>::respond(service::OAuthTokenAnswer& answer) {
  boost::json::object members{
      {"access_token", answer.access_token}, {"token_type", answer.token_type}, {"expires_in", answer.expires_in}};
  if (!answer.scope.empty()) members["scope"] = answer.scope;
  if (answer.refresh_token) members["refresh_token"] = answer.refresh_token->expose();
  auto response = responder_detail::json_response(200, boost::json::serialize(members));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

responder_detail::Success Responder<service::OAuthTokenAnswer>::describe(SchemaRegistry&) {
  const boost::json::object text{{"type", "string"}};
  const boost::json::object members{{"access_token", text},
                                    {"token_type", text},
                                    {"expires_in", boost::json::object{{"type", "integer"}}},
                                    {"scope", text},
                                    {"refresh_token", text}};
  return {200,
          {{"type", "object"},
           {"properties", members},
           {"required", boost::json::array{"access_token", "token_type", "expires_in"}}},
          true};
}

}  // namespace cardea::web
