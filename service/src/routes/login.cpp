#include <cardea/core/account/authenticator.hpp>
#include <cardea/core/session/access_token_issuer.hpp>
#include <cardea/service/routes/login.hpp>
#include <cardea/service/wiring/hashing_threads.hpp>

namespace cardea::service {
namespace {

constexpr std::size_t kLongestBody = 4 * 1024;

Result<AccessTokenAnswer> log_in(Authenticator& authenticator, const AccessTokenIssuer& tokens,
                                 const std::string& username, const Secret& password,
                                 const web::RequestContext& context) {
  const auto user = authenticator.log_in(username, password, context.origin, context.received_at);
  if (!user) return failure(user.error());
  auto issued = tokens.issue(*user, context.received_at);
  if (!issued) return failure(std::move(issued).error());
  return AccessTokenAnswer{std::move(issued->token), "bearer", issued->expires_in.count()};
}

web::Task<Result<AccessTokenAnswer>> answer_login(web::Public, web::FormOrJsonBody<Credentials> credentials,
                                                  web::Use<Authenticator> authenticator,
                                                  web::Use<AccessTokenIssuer> tokens, OnHashingThreads threads,
                                                  web::RequestContext context) {
  auto job = [authenticator, tokens, username = std::move(credentials.value.username),
              password = Secret{std::move(credentials.value.password)},
              context = std::move(context)] { return log_in(*authenticator, *tokens, username, password, context); };
  return threads.run(std::move(job));
}

}  // namespace

void add_login(web::App& app) {
  app.post<"/auth/login">(answer_login)
      .body_limit(kLongestBody)
      .issues_tokens()
      .tag("authentication")
      .summary("Log in")
      .description("A user name and a password for an access token. Whatever is wrong, the answer is the same.");
}

}  // namespace cardea::service

namespace cardea::web {

Result<Response> Responder<service::AccessTokenAnswer>::respond(service::AccessTokenAnswer& answer) {
  auto response = responder_detail::json_response(200, to_json(answer));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

responder_detail::Success Responder<service::AccessTokenAnswer>::describe(SchemaRegistry& schemas) {
  return {200, json_schema<service::AccessTokenAnswer>(schemas), true};
}

}  // namespace cardea::web
