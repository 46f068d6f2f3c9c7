#include <cardea/core/account/account_administration.hpp>
#include <cardea/service/routes/admin_users.hpp>
#include <cardea/service/wiring/hashing_threads.hpp>
#include <cardea/web/extract/if_match.hpp>
#include <cardea/web/routing/tagged.hpp>

#include "routes/given_email.hpp"
#include "routes/may_hand_on.hpp"
#include "routes/user_cursor.hpp"

namespace cardea::service {
namespace {

constexpr std::size_t kLongestBody = 8 * 1024;
constexpr std::size_t kMostRoles = 100;

BOOST_DEFINE_ENUM_CLASS(State, active, disabled, deleted)
BOOST_DEFINE_ENUM_CLASS(Sort, id, username, created_at)

using MayRead = web::RequirePermission<"users:read">;
using MayWrite = web::RequirePermission<"users:write">;
using UserPath = web::Path<"id", std::int64_t>;
using Accounts = web::Use<AccountAdministration>;
using Users = web::Use<UserStore>;
using Audit = web::Use<AuditSink>;
using web::RequestContext;
using OptionalText = std::optional<std::string>;
using TaggedUser = web::Tagged<UserView>;

Error invalid(std::string where, std::string_view reason) {
  return Error{ErrorCode::validation_failed}.with_fields({{std::move(where), std::string(reason)}});
}

TaggedUser tagged(const UserRecord& record, const RequestContext& context) {
  return {UserView::of(record, context.received_at), record.version};
}

// Deleted ones included. Error: account_not_found.
Result<UserRecord> record_of(UserId id, UserStore& users) {
  auto found = users.find_record(id);
  if (!found) return failure(std::move(found).error());
  if (!*found) return failure(ErrorCode::account_not_found);
  return **std::move(found);
}

AccountState state_of(State state) {
  switch (state) {
    case State::active: return AccountState::active;
    case State::disabled: return AccountState::disabled;
    case State::deleted: return AccountState::deleted;
  }
  std::unreachable();
}

UserOrder order_of(Sort sort) {
  switch (sort) {
    case Sort::id: return UserOrder::id;
    case Sort::username: return UserOrder::username;
    case Sort::created_at: return UserOrder::created_at;
  }
  std::unreachable();
}

// Which accounts are asked for, as parameters of the query.
struct AskedFor {
  std::optional<AccountState> state;
  std::optional<Role> role;
  std::optional<AccountPrefix> text;

  static Result<AskedFor> resolve(const web::Query<"search", OptionalText>& search,
                                  const web::Query<"state", std::optional<State>>& state,
                                  const web::Query<"role", OptionalText>& role) {
    AskedFor asked;
    if (*state) asked.state = state_of(**state);
    if (*role) {
      auto name = Role::parse(**role);
      if (!name) return failure(web::invalid_value("/query", "role", "must be the name of a role"));
      asked.role = *std::move(name);
    }
    if (*search) {
      auto text = AccountPrefix::parse(**search);
      if (!text) {
        return failure(web::invalid_value("/query", "search", "must be 1 to 254 visible characters of ASCII"));
      }
      asked.text = *std::move(text);
    }
    return asked;
  }
};

// Which of them, and in which order.
struct PageOf {
  UserOrder order = UserOrder::id;
  bool descending = false;
  std::optional<UserPosition> after;
  std::size_t limit = 0;

  static Result<PageOf> resolve(const web::Query<"sort", std::optional<Sort>>& sort,
                                const web::Query<"descending", bool, false>& descending,
                                const web::Query<"cursor", OptionalText>& cursor,
                                const web::Query<"limit", web::Ranged<int, 1, 200>, 50>& limit) {
    PageOf page{order_of(sort->value_or(Sort::id)), *descending, std::nullopt, static_cast<std::size_t>(limit->value)};
    if (*cursor) {
      auto after = read_cursor(**cursor);
      if (!after) return failure(web::invalid_value("/query", "cursor", "is not the `next` of a page"));
      page.after = *std::move(after);
    }
    return page;
  }
};

Result<UserListing> list(const MayRead&, const AskedFor& asked, const PageOf& page, const RequestContext& context,
                         Users users) {
  const UserQuery query{.state = asked.state,
                        .role = asked.role,
                        .text = asked.text,
                        .order = page.order,
                        .descending = page.descending,
                        .after = page.after,
                        .limit = page.limit};
  const auto found = users->search(query, context.received_at);
  if (!found) return failure(found.error());
  UserListing listing;
  for (const auto& record : found->users) listing.items.push_back(UserView::of(record, context.received_at));
  if (found->next) listing.next = cursor_of(*found->next);
  return listing;
}

Result<TaggedUser> show(const MayRead&, const UserPath& path, const RequestContext& context, Users users) {
  const auto record = record_of(UserId{*path}, *users);
  if (!record) return failure(record.error());
  return tagged(*record, context);
}

Result<Role> role_of(const std::string& text, std::string where) {
  auto role = Role::parse(text);
  if (!role) return failure(invalid(std::move(where), "must be the name of a role, such as editor"));
  return role;
}

Result<RoleList> other_roles_of(const std::vector<std::string>& names) {
  if (names.size() > kMostRoles) return failure(invalid("/body/other_roles", "must have at most 100 items"));
  std::vector<Role> roles;
  for (const auto& name : names) {
    auto role = role_of(name, "/body/other_roles/" + std::to_string(roles.size()));
    if (!role) return failure(std::move(role).error());
    roles.push_back(*std::move(role));
  }
  return RoleList{std::move(roles)};
}

RoleList without(const RoleList& roles, const Role& first) {
  std::vector<Role> others;
  for (const auto& role : roles.roles()) {
    if (role != first) others.push_back(role);
  }
  return RoleList{std::move(others)};
}

struct Wish {
  Username username;
  Role role;
  std::optional<Secret> password;
  std::optional<EmailAddress> email;
  RequestContext context;
};

Result<Wish> wish_of(NewAccount& wanted, RequestContext context) {
  auto username = Username::parse(wanted.username);
  if (!username) return failure(std::move(username).error());
  auto role = role_of(wanted.role.value_or("user"), "/body/role");
  if (!role) return failure(std::move(role).error());
  auto email = given_email(wanted.email);
  if (!email) return failure(std::move(email).error());
  Wish wish{*std::move(username), *std::move(role), std::nullopt, *std::move(email), std::move(context)};
  if (wanted.password) wish.password.emplace(std::move(*wanted.password));
  return wish;
}

Result<web::Created<TaggedUser>> created(AccountAdministration& accounts, UserStore& users, const Wish& wish) {
  const auto& [origin, now] = std::tie(wish.context.origin, wish.context.received_at);
  const auto user = wish.password ? accounts.create(wish.username, wish.role, *wish.password, origin, now, wish.email)
                                  : accounts.create_without_password(wish.username, wish.role, origin, now, wish.email);
  if (!user) return failure(user.error());
  const auto record = record_of(user->id, users);
  if (!record) return failure(record.error());
  return web::Created<TaggedUser>{tagged(*record, wish.context), "/admin/users/" + std::to_string(user->id.value)};
}

web::Task<Result<web::Created<TaggedUser>>> add(MayWrite giver, web::JsonBody<NewAccount> body, Accounts accounts,
                                                Users users, Audit audit, OnHashingThreads threads,
                                                RequestContext context) {
  auto wish = wish_of(body.value, std::move(context));
  if (!wish) co_return failure(std::move(wish).error());
  const auto given = accounts->permissions_of(wish->role);
  if (auto may = may_hand_on(given, *giver, *audit, wish->context); !may) co_return failure(std::move(may).error());
  auto job = [accounts, users, wish = *std::move(wish)] { return created(*accounts, *users, wish); };
  co_return co_await threads.run(std::move(job));
}

// What a patch says of an account as it is now.
Result<UserChange> change_of(const AccountPatch& patch, const User& user) {
  UserChange change;
  if (patch.role || patch.other_roles) {
    auto role = patch.role ? role_of(*patch.role, "/body/role") : Result<Role>{user.role};
    if (!role) return failure(std::move(role).error());
    const auto others = patch.other_roles ? other_roles_of(*patch.other_roles) : Result<RoleList>{user.other_roles};
    if (!others) return failure(others.error());
    change.roles = UserRoles{*role, without(*others, *role)};
  }
  if (patch.disabled_until && patch.state != WantedState::disabled) {
    return failure(invalid("/body/disabled_until", "needs the state disabled"));
  }
  if (patch.state) {
    change.state = *patch.state == WantedState::active ? AccountState::active : AccountState::disabled;
    change.disabled_until = patch.disabled_until;
  }
  if (patch.email) {
    auto email = given_email(*patch.email);
    if (!email) return failure(std::move(email).error());
    change.email = *std::move(email);
  }
  return change;
}

// The account of a path, before somebody who may change accounts.
struct AccountAtHand {
  Principal giver;
  UserId id;
  RequestContext context;
  Accounts accounts;
  Users users;
  Audit audit;

  static AccountAtHand resolve(const MayWrite& giver, const UserPath& path, const RequestContext& context,
                               Accounts accounts, Users users, Audit audit) {
    return {*giver, UserId{*path}, context, accounts, users, audit};
  }
  static void describe(web::Operation& operation) { operation.refusals.insert({404, 409}); }

  Done may_give(const Role& first, const RoleList& others) const {
    return may_hand_on(accounts->permissions_of(first, others), giver, *audit, context);
  }

  // Nobody changes somebody who may do more than they. Errors: account_not_found, permission_required.
  Result<UserRecord> read() const {
    auto record = record_of(id, *users);
    if (!record) return record;
    auto may = may_give(record->user.role, record->user.other_roles);
    if (!may) return failure(std::move(may).error());
    return record;
  }
};

// Reads the account and makes a change of the version that was read; where any version will do, again, if somebody
// else's change has come in between.
template <class Change>
auto change_at_hand(const AccountAtHand& account, const web::IfMatch& expected, Change change)
    -> std::invoke_result_t<Change, const UserRecord&> {
  while (true) {
    const auto record = account.read();
    if (!record) return failure(record.error());
    if (expected.version && *expected.version != record->version) {
      return failure(Error{ErrorCode::precondition_failed}.with_version(record->version));
    }
    auto changed = change(*record);
    const bool came_too_late = !changed && changed.error().code() == ErrorCode::precondition_failed;
    if (!came_too_late || expected.version) return changed;
  }
}

Result<TaggedUser> patch(const AccountAtHand& account, const web::IfMatch& expected,
                         const web::JsonBody<AccountPatch>& body) {
  const auto& context = account.context;
  const auto change = [&](const UserRecord& record) -> Result<TaggedUser> {
    if (record.user.state == AccountState::deleted) {
      return failure(ErrorCode::conflict, PublicText{"The user is deleted; restore the account first"});
    }
    const auto wanted = change_of(*body, record.user);
    if (!wanted) return failure(wanted.error());
    if (wanted->roles) {
      auto may = account.may_give(wanted->roles->first, wanted->roles->others);
      if (!may) return failure(std::move(may).error());
    }
    const auto changed =
        account.accounts->change(record.user.username, *wanted, context.origin, context.received_at, record.version);
    if (!changed) return failure(changed.error());
    return tagged(*changed, context);
  };
  return change_at_hand(account, expected, change);
}

// What is deleted already stays so; what may be left of it ends.
Done remove(const AccountAtHand& account, const web::IfMatch& expected) {
  const auto& context = account.context;
  return change_at_hand(account, expected, [&](const UserRecord& record) -> Done {
    const bool is_deleted = record.user.state == AccountState::deleted;
    auto deleted =
        account.accounts->delete_account(record.user.username, context.origin, context.received_at, record.version);
    if (deleted || (is_deleted && deleted.error().code() == ErrorCode::account_not_found)) return {};
    return failure(std::move(deleted).error());
  });
}

Result<TaggedUser> restore(const AccountAtHand& account) {
  const auto& context = account.context;
  const auto record = account.read();
  if (!record) return failure(record.error());
  const auto restored = account.accounts->restore(record->user.username, context.origin, context.received_at);
  if (!restored) return failure(restored.error());
  const auto renewed = record_of(account.id, *account.users);
  if (!renewed) return failure(renewed.error());
  return tagged(*renewed, account.context);
}

}  // namespace

UserView UserView::of(const UserRecord& record, Instant now) {
  const auto& user = record.user;
  UserView view{.id = user.id.value,
                .username = std::string(user.username.text()),
                .role = std::string(user.role.name()),
                .other_roles = {},
                .state = std::string(name_of(user.state_at(now))),
                .disabled_until = {},
                .email = {},
                .created_at = user.created_at,
                .version = record.version};
  for (const auto& role : user.other_roles.roles()) view.other_roles.emplace_back(role.name());
  if (user.state_at(now) == AccountState::disabled) view.disabled_until = user.disabled_until;
  if (record.email) view.email = record.email->text();
  return view;
}

void add_admin_users(web::App& app) {
  app.get<"/admin/users">(list)
      .blocking()
      .tag("administration")
      .summary("List and search the accounts")
      .description(
          "`search` is the beginning of a user name or of an e-mail address, `role` one of the roles that a user has, "
          "`state` the one that counts now. Deleted accounts are there, too.");
  app.post<"/admin/users">(add)
      .refuses({ErrorCode::username_taken})
      .body_limit(kLongestBody)
      .tag("administration")
      .summary("Make an account")
      .description(
          "With a password, or without one: then the user sets it by a code of "
          "`POST /admin/users/{id}/password-reset`. Nobody gives a role that may do more than they.");
  app.get<"/admin/users/{id}">(show)
      .refuses({ErrorCode::account_not_found})
      .blocking()
      .tag("administration")
      .summary("Read an account");
  app.patch<"/admin/users/{id}">(patch)
      .blocking()
      .tag("administration")
      .summary("Change an account")
      .description(
          "What is absent stays; an e-mail address of null is removed. To be disabled ends the sessions. The last user "
          "who may change users stays one: 409 last_administrator.");
  app.delete_<"/admin/users/{id}">(remove)
      .blocking()
      .tag("administration")
      .summary("Delete an account")
      .description(
          "Erases what is personal, ends the sessions and revokes the API keys. The name is never given again. "
          "To delete again changes nothing.");
  app.post<"/admin/users/{id}/restore">(restore)
      .blocking()
      .tag("administration")
      .summary("Give a deleted account back")
      .description("Without what was erased: there is no password until one is set or reset.");
}

}  // namespace cardea::service
