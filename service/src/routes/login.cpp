#include <cardea/service/routes/login.hpp>

#include "routes/client.hpp"
#include "routes/password_sessions.hpp"

namespace cardea::service {
namespace {

constexpr std::size_t kLongestBody = 4 * 1024;

web::Task<Result<TokenReply>> answer_login(web::Public, web::FormOrJsonBody<Credentials> credentials, Client client,
                                           PasswordSessions sessions, web::RequestContext context) {
  const auto transport =
      credentials->refresh_cookie.value_or(false) ? RefreshTransport::cookie : RefreshTransport::body;
  PasswordLogin login{.username = std::move(credentials.value.username),
                      .password = Secret{std::move(credentials.value.password)},
                      .client = std::move(client.trace),
                      .origin = std::move(context.origin)};
  auto tokens = co_await sessions.start(std::move(login), context.received_at);
  if (!tokens) co_return failure(std::move(tokens).error());
  co_return TokenReply{*std::move(tokens), transport};
}

}  // namespace

void add_login(web::App& app) {
  app.post<"/auth/login">(answer_login)
      .body_limit(kLongestBody)
      .issues_tokens()
      .tag("authentication")
      .summary("Log in")
      .description(
          "A user name and a password for an access token and a refresh token. Whatever is wrong, the answer is the "
          "same. With refresh_cookie, for browsers, the refresh token comes in a cookie that no script can read.");
}

}  // namespace cardea::service
