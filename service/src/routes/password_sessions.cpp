#include "routes/password_sessions.hpp"

#include <memory>
#include <utility>

namespace cardea::service {

namespace {

// A job owns what it uses, since it goes on when nobody waits for it any more.
web::Task<Result<TokenPair>> started(Authenticator* authenticator, SessionIssuer* sessions, OnHashingThreads threads,
                                     std::shared_ptr<const PasswordLogin> login, Instant now) {
  auto hashing = [authenticator, login, now] {
    return authenticator->authenticate(login->username, login->password, login->origin, now);
  };
  auto authenticated = co_await threads.run(std::move(hashing));
  if (!authenticated) co_return failure(std::move(authenticated).error());
  auto storing = [authenticator, sessions, user = *std::move(authenticated), login, now] {
    return start_session(*authenticator, *sessions, user, *login, now);
  };
  co_return co_await threads.store(std::move(storing));
}

}  // namespace

web::Task<Result<TokenPair>> PasswordSessions::start(PasswordLogin login, Instant now) const {
  return started(authenticator_, sessions_, threads_, std::make_shared<const PasswordLogin>(std::move(login)), now);
}

}  // namespace cardea::service
