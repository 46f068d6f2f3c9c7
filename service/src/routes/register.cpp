#include <cardea/core/account/account_administration.hpp>
#include <cardea/service/routes/register.hpp>
#include <cardea/service/wiring/hashing_threads.hpp>
#include <cardea/service/wiring/registration.hpp>

#include "routes/given_email.hpp"

namespace cardea::service {
namespace {

constexpr std::size_t kLongestBody = 4 * 1024;

struct Wish {
  Username username;
  Role role;
  Secret password;
  std::optional<EmailAddress> email;
  web::RequestContext context;
};

Result<Wish> wish_of(WantedAccount& wanted, web::RequestContext context) {
  auto username = Username::parse(wanted.username);
  if (!username) return failure(std::move(username).error());
  auto role = Role::parse("user");
  if (!role) return failure(std::move(role).error());
  auto email = given_email(wanted.email);
  if (!email) return failure(std::move(email).error());
  return Wish{*std::move(username), *std::move(role), Secret{std::move(wanted.password)}, *std::move(email),
              std::move(context)};
}

Result<web::Created<RegisteredAccount>> created(AccountAdministration& accounts, const Wish& wish) {
  const auto& [origin, now] = std::tie(wish.context.origin, wish.context.received_at);
  const auto user = accounts.create(wish.username, wish.role, wish.password, origin, now, wish.email);
  if (!user) return failure(user.error());
  return web::Created<RegisteredAccount>{
      {user->id.value, std::string(user->username.text()), std::string(user->role.name())}, "/me"};
}

web::Task<Result<web::Created<RegisteredAccount>>> answer(web::Public, web::JsonBody<WantedAccount> body,
                                                          web::Use<Registration> registration,
                                                          web::Use<AccountAdministration> accounts,
                                                          OnHashingThreads threads, web::RequestContext context) {
  if (!registration->is_open) co_return failure(ErrorCode::registration_closed);
  auto wish = wish_of(body.value, std::move(context));
  if (!wish) co_return failure(std::move(wish).error());
  auto job = [accounts, wish = *std::move(wish)] { return created(*accounts, wish); };
  co_return co_await threads.run(std::move(job));
}

}  // namespace

void add_register(web::App& app) {
  app.post<"/auth/register">(answer)
      .refuses({ErrorCode::registration_closed, ErrorCode::username_taken})
      .body_limit(kLongestBody)
      .tag("account")
      .summary("Make an account")
      .description("Where the server's option `registration` is on; 403 where it is not. The next step is to log in.");
}

}  // namespace cardea::service
