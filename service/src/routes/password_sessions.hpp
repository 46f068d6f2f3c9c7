// Sessions for names and passwords, each part of the work on the threads that are for it.
#pragma once

#include <cardea/core/session/password_login.hpp>
#include <cardea/service/wiring/hashing_threads.hpp>
#include <cardea/web/extract/use.hpp>

namespace cardea::service {

class PasswordSessions {
 public:
  static PasswordSessions resolve(web::Use<Authenticator> authenticator, web::Use<SessionIssuer> sessions,
                                  OnHashingThreads threads) {
    return {*authenticator, *sessions, threads};
  }

  // Errors: those of log_in; service_unavailable when too many wait.
  web::Task<Result<TokenPair>> start(PasswordLogin login, Instant now) const;

 private:
  PasswordSessions(Authenticator& authenticator, SessionIssuer& sessions, OnHashingThreads threads)
      : authenticator_(&authenticator), sessions_(&sessions), threads_(threads) {}

  Authenticator* authenticator_;
  SessionIssuer* sessions_;
  OnHashingThreads threads_;
};

}  // namespace cardea::service
