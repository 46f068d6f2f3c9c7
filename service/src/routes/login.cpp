#include <cardea/core/session/password_login.hpp>
#include <cardea/service/routes/login.hpp>
#include <cardea/service/wiring/hashing_threads.hpp>

#include "routes/client.hpp"

namespace cardea::service {
namespace {

constexpr std::size_t kLongestBody = 4 * 1024;

web::Task<Result<TokenReply>> answer_login(web::Public, web::FormOrJsonBody<Credentials> credentials, Client client,
                                           web::Use<Authenticator> authenticator, web::Use<SessionIssuer> sessions,
                                           OnHashingThreads threads, web::RequestContext context) {
  const auto transport =
      credentials->refresh_cookie.value_or(false) ? RefreshTransport::cookie : RefreshTransport::body;
  PasswordLogin login{.username = std::move(credentials.value.username),
                      .password = Secret{std::move(credentials.value.password)},
                      .client = std::move(client.trace),
                      .origin = std::move(context.origin)};
  auto job = [authenticator, sessions, transport, login = std::move(login),
              now = context.received_at]() -> Result<TokenReply> {
    auto tokens = log_in(*authenticator, *sessions, login, now);
    if (!tokens) return failure(std::move(tokens).error());
    return TokenReply{*std::move(tokens), transport};
  };
  return threads.run(std::move(job));
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
