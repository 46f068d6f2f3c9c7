#include <algorithm>
#include <cardea/core/access/live_roles.hpp>
#include <cardea/core/access/token_scope.hpp>
#include <cardea/core/account/user_store.hpp>
#include <cardea/core/api_key/api_key_text.hpp>
#include <cardea/service/routes/forward_auth.hpp>
#include <cardea/web/run/blocking_pool.hpp>

namespace cardea::service {
namespace {

using Caller = web::AllowingApiKeys<web::CurrentPrincipal>;
using Names = std::vector<std::string>;
using web::RequestContext;

// The account that a principal is; none for an OAuth client.
struct CallersAccount {
  std::optional<User> user;

  static std::optional<Result<CallersAccount>> resolve_now(const Caller& caller, web::Use<UserStore> users,
                                                           web::Exchange& exchange);
  static web::Task<Result<CallersAccount>> resolve(const Caller& caller, web::Use<UserStore> users,
                                                   web::Exchange& exchange);
};

Result<CallersAccount> active(const std::optional<User>& user, Instant now) {
  if (!user || user->state == AccountState::deleted) return failure(ErrorCode::user_not_found);
  if (user->state_at(now) == AccountState::disabled) return failure(ErrorCode::user_disabled);
  return CallersAccount{user};
}

Result<CallersAccount> look_up(UserStore& users, const Username& name, Instant now) {
  const auto found = users.find(name);
  if (!found) return failure(found.error());
  return active(*found, now);
}

std::optional<Result<CallersAccount>> CallersAccount::resolve_now(const Caller& caller, web::Use<UserStore> users,
                                                                  web::Exchange& exchange) {
  const auto name = Username::parse(caller->subject);
  if (!name) return CallersAccount{};
  const auto user = users->find_without_waiting(*name);
  if (!user) return std::nullopt;
  return active(user, exchange.context().received_at);
}

web::Task<Result<CallersAccount>> CallersAccount::resolve(const Caller& caller, web::Use<UserStore> users,
                                                          web::Exchange& exchange) {
  auto question = [name = Username::parse(caller->subject).value(), users, shared = exchange.shared_from_this()] {
    return look_up(*users, name, shared->context().received_at);
  };
  auto account = co_await exchange.provisions().find<web::BlockingPool>()->run(std::move(question));
  co_return account;
}

// What the token or the key is limited to, if it is.
struct CredentialScope {
  std::optional<PermissionSet> limit;

  static CredentialScope resolve(const web::BearerToken& presented, const Caller& caller,
                                 web::Use<PrincipalAuthenticator> tokens, const RequestContext& context) {
    if (says_it_is_an_api_key(presented.value)) return {caller->permissions};
    const auto token = tokens->verify_now(presented.value, context.origin, context.received_at);
    if (!token || !*token) return {caller->permissions};  // its key is gone since
    return {token_scope((**token)->claims())};
  }
};

bool acts_in(std::string_view role, const CallersAccount& account, const CredentialScope& scope,
             const LiveRoles& roles) {
  if (!account.user) return false;
  const auto& user = *account.user;
  return scope.limit ? roles.gives(user.role, user.other_roles, role, *scope.limit)
                     : roles.gives(user.role, user.other_roles, role);
}

// What the proxy asks for besides a valid token.
struct Required {
  Names roles, permissions;

  static Result<Required> resolve(const web::Query<"role", Names>& roles,
                                  const web::Query<"permission", Names>& permissions, web::Exchange& exchange);
  static void describe(web::Operation& operation) { operation.refusals.insert(403); }
};

bool is_known(std::string_view parameter) { return parameter == "role" || parameter == "permission"; }

Result<Required> Required::resolve(const web::Query<"role", Names>& roles,
                                   const web::Query<"permission", Names>& permissions, web::Exchange& exchange) {
  const auto& pairs = exchange.query();
  if (!pairs) return failure(pairs.error());
  if (!std::ranges::all_of(*pairs, [](const auto& pair) { return is_known(pair.first); })) {
    return failure(Error{ErrorCode::validation_failed}.with_fields({{"/query", "may have role and permission only"}}));
  }
  if (!std::ranges::all_of(*roles, is_role_name)) {
    return failure(web::invalid_value("/query", "role", "is no name of a role"));
  }
  if (!std::ranges::all_of(*permissions, is_permission_name)) {
    return failure(web::invalid_value("/query", "permission", "must be a permission without a wildcard"));
  }
  return Required{*roles, *permissions};
}

Done check_roles(const Names& required, const Caller& caller, const CallersAccount& account,
                 const CredentialScope& scope, const LiveRoles& roles, const RequestContext& context,
                 web::UseIfProvided<AuditSink> audit) {
  const auto missing =
      std::ranges::find_if_not(required, [&](const auto& role) { return acts_in(role, account, scope, roles); });
  if (missing == required.end()) return {};
  if (audit)
    audit->record(
        {context.received_at, AuditAction::access_denied, caller->subject, context.origin, ErrorCode::role_required});
  return failure(ErrorCode::role_required, PublicText{"Requires role: " + *missing});
}

Done check_permissions(const Names& required, const Caller& caller, const RequestContext& context,
                       web::UseIfProvided<AuditSink> audit) {
  const std::vector<std::string_view> names(required.begin(), required.end());
  return web::AllPermissions::check(*caller, names, context, audit);
}

Names names_of_roles(const CallersAccount& account, const CredentialScope& scope, const LiveRoles& roles) {
  Names names;
  if (!account.user) return names;
  const auto add = [&](const Role& role) {
    if (acts_in(role.name(), account, scope, roles)) names.emplace_back(role.name());
  };
  add(account.user->role);
  std::ranges::for_each(account.user->other_roles.roles(), add);
  return names;
}

Result<ForwardedIdentity> answer(const Caller& caller, const CallersAccount& account, const CredentialScope& scope,
                                 const Required& required, web::Use<LiveRoles> roles, const RequestContext& context,
                                 web::UseIfProvided<AuditSink> audit) {
  if (auto allowed = check_roles(required.roles, caller, account, scope, *roles, context, audit); !allowed)
    return failure(std::move(allowed).error());
  if (auto allowed = check_permissions(required.permissions, caller, context, audit); !allowed)
    return failure(std::move(allowed).error());
  ForwardedIdentity identity{.user = caller->subject,
                             .id = {},
                             .roles = names_of_roles(account, scope, *roles),
                             .permissions = caller->permissions};
  if (account.user) identity.id = account.user->id.value;
  return identity;
}

std::string joined(const Names& names) {
  std::string text;
  for (const auto& name : names) text.append(text.empty() ? "" : ",").append(name);
  return text;
}

Names names_of(const PermissionSet& permissions) {
  Names names;
  for (const auto& permission : permissions.permissions()) names.emplace_back(permission.name());
  return names;
}

constexpr std::string_view kTag = "forward auth";
constexpr std::string_view kSummary = "Tell a proxy whose request it has";

}  // namespace

void add_forward_auth(web::App& app) {
  app.get<"/auth/verify">(answer).tag(kTag).summary(kSummary).description(
      "For nginx's auth_request, Traefik's ForwardAuth and Envoy's ext_authz. 200 without a body says by the headers "
      "X-Auth-User, X-Auth-Id, X-Auth-Roles and X-Auth-Permissions whose request it is. `role` and `permission`, each "
      "any number of times, are all required.");
  app.post<"/auth/verify">(answer).tag(kTag).summary(kSummary).hidden();
  app.put<"/auth/verify">(answer).tag(kTag).summary(kSummary).hidden();
  app.patch<"/auth/verify">(answer).tag(kTag).summary(kSummary).hidden();
  app.delete_<"/auth/verify">(answer).tag(kTag).summary(kSummary).hidden();
}

}  // namespace cardea::service

namespace cardea::web {

Result<Response> Responder<service::ForwardedIdentity>::respond(service::ForwardedIdentity& identity) {
  Response response{200, {}, {}};
  response.headers.add("X-Auth-User", identity.user);
  response.headers.add("X-Auth-Id", identity.id ? std::to_string(*identity.id) : std::string{});
  response.headers.add("X-Auth-Roles", service::joined(identity.roles));
  response.headers.add("X-Auth-Permissions", service::joined(service::names_of(identity.permissions)));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

// 200, since nothing else is a yes to Envoy, and without a body.
responder_detail::Success Responder<service::ForwardedIdentity>::describe(SchemaRegistry&) { return {200, {}, false}; }

}  // namespace cardea::web
