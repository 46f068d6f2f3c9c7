#include <cardea/core/access/live_roles.hpp>
#include <cardea/service/routes/password_reset.hpp>
#include <cardea/service/wiring/hashing_threads.hpp>

#include "routes/may_hand_on.hpp"
#include "routes/named_user.hpp"

namespace cardea::service {
namespace {

constexpr std::size_t kLongestBody = 4 * 1024;

using MayWrite = web::RequirePermission<"users:write">;
using Accounts = web::Use<AccountAdministration>;
using web::RequestContext;

struct Use {
  Secret code, password;
  RequestContext context;
};

Done use_code(AccountAdministration& accounts, const Use& use) {
  const auto user =
      accounts.use_password_reset(use.code.expose(), use.password, use.context.origin, use.context.received_at);
  return user ? Done{} : failure(user.error());
}

web::Task<Done> answer(web::Public, web::JsonBody<PasswordByCode> body, Accounts accounts, OnHashingThreads threads,
                       RequestContext context) {
  Use use{.code = Secret{std::move(body.value.code)},
          .password = Secret{std::move(body.value.new_password)},
          .context = std::move(context)};
  return threads.run([accounts, use = std::move(use)] { return use_code(*accounts, use); });
}

// Nobody takes over who may do more than they.
Result<ResetCode> start(const MayWrite& giver, const NamedUser& user, Accounts accounts, web::Use<LiveRoles> roles,
                        web::Use<AuditSink> audit, const RequestContext& context) {
  const auto theirs = roles->permissions_of((*user).role, (*user).other_roles);
  if (auto may = may_hand_on(theirs, *giver, *audit, context); !may) return failure(std::move(may).error());
  const auto reset = accounts->start_password_reset((*user).username, context.origin, context.received_at);
  if (!reset) return failure(reset.error());
  return ResetCode::of(*reset);
}

}  // namespace

ResetCode ResetCode::of(const PasswordReset& reset) { return {std::string(reset.code.expose()), reset.expires_at}; }

void add_password_reset(web::App& app) {
  app.post<"/auth/password-reset">(answer)
      .body_limit(kLongestBody)
      .tag("account")
      .summary("Set a new password by a code")
      .description("An administrator has the code made. It counts once, for 15 minutes. All sessions of the user end.");
}

void add_admin_password_reset(web::App& app) {
  app.post<"/admin/users/{id}/password-reset">(start)
      .blocking()
      .tag("administration")
      .summary("Make a code for a new password")
      .description("The answer has the code, which is shown this once. It takes the place of any before.");
}

}  // namespace cardea::service

namespace cardea::web {

Result<Response> Responder<service::ResetCode>::respond(service::ResetCode& code) {
  auto response = responder_detail::json_response(200, to_json(code));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

responder_detail::Success Responder<service::ResetCode>::describe(SchemaRegistry& schemas) {
  return {200, json_schema<service::ResetCode>(schemas), true};
}

}  // namespace cardea::web
