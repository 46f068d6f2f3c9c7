#include <cardea/core/account/account_administration.hpp>
#include <cardea/core/account/authenticator.hpp>
#include <cardea/service/routes/password.hpp>
#include <cardea/service/wiring/hashing_threads.hpp>
#include <cardea/web/security/current_session.hpp>

#include "routes/account.hpp"

namespace cardea::service {
namespace {

constexpr std::size_t kLongestBody = 4 * 1024;

struct Change {
  Username username;
  std::optional<SessionId> session;
  Secret current, wanted;
  web::RequestContext context;
};

Error wrong_password() {
  return Error{ErrorCode::validation_failed}.with_fields({{"/body/current_password", "is not the current password"}});
}

Done change_password(Authenticator& authenticator, AccountAdministration& accounts, const Change& change) {
  const auto& [origin, now] = std::tie(change.context.origin, change.context.received_at);
  const auto user = authenticator.log_in(change.username.text(), change.current, origin, now);
  if (!user && user.error().code() == ErrorCode::invalid_credentials) return failure(wrong_password());
  if (!user) return failure(user.error());
  return accounts.change_password(change.username, change.wanted, origin, now, change.session);
}

web::Task<Done> answer(const Account& account, const web::CurrentSession& session, web::JsonBody<PasswordChange> body,
                       web::Use<Authenticator> authenticator, web::Use<AccountAdministration> accounts,
                       OnHashingThreads threads, web::RequestContext context) {
  Change change{.username = account->username,
                .session = session.id,
                .current = Secret{std::move(body.value.current_password)},
                .wanted = Secret{std::move(body.value.new_password)},
                .context = std::move(context)};
  auto job = [authenticator, accounts, change = std::move(change)] {
    return change_password(*authenticator, *accounts, change);
  };
  return threads.run(std::move(job));
}

}  // namespace

void add_password(web::App& app) {
  app.post<"/auth/password">(answer)
      .body_limit(kLongestBody)
      .tag("account")
      .summary("Change my password")
      .description("Ends my other sessions. This one and the API keys stay.");
}

}  // namespace cardea::service
