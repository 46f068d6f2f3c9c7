#include <cardea/core/account/authenticator.hpp>
#include <cardea/service/routes/login.hpp>
#include <cardea/service/wiring/hashing_threads.hpp>

#include "routes/client.hpp"

namespace cardea::service {
namespace {

constexpr std::size_t kLongestBody = 4 * 1024;

struct Login {
  std::string username;
  Secret password;
  RefreshTransport transport{};
  ClientTrace client;
  web::RequestContext context;
};

Result<TokenReply> log_in(Authenticator& authenticator, SessionIssuer& sessions, const Login& login) {
  const auto& [origin, now] = std::tie(login.context.origin, login.context.received_at);
  const auto authenticated = authenticator.authenticate(login.username, login.password, origin, now);
  if (!authenticated) return failure(authenticated.error());
  auto tokens = sessions.start(authenticated->user, login.client, now);
  if (!tokens) return failure(std::move(tokens).error());
  if (auto confirmed = authenticator.confirm(*authenticated, login.password, origin, now); !confirmed) {
    static_cast<void>(sessions.revoke(tokens->refresh_token.expose(), origin, now));
    return failure(std::move(confirmed).error());
  }
  return TokenReply{*std::move(tokens), login.transport};
}

web::Task<Result<TokenReply>> answer_login(web::Public, web::FormOrJsonBody<Credentials> credentials, Client client,
                                           web::Use<Authenticator> authenticator, web::Use<SessionIssuer> sessions,
                                           OnHashingThreads threads, web::RequestContext context) {
  const bool as_cookie = credentials->refresh_cookie.value_or(false);
  Login login{.username = std::move(credentials.value.username),
              .password = Secret{std::move(credentials.value.password)},
              .transport = as_cookie ? RefreshTransport::cookie : RefreshTransport::body,
              .client = std::move(client.trace),
              .context = std::move(context)};
  auto job = [authenticator, sessions, login = std::move(login)] { return log_in(*authenticator, *sessions, login); };
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
