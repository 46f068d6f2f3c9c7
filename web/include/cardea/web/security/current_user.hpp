// Who is calling. CurrentUser refuses everyone who is nobody; OptionalUser forgives the absence of a token, and only
// that: a bad token is still 401.
//
// An application that uses one of them provides a TokenAuthenticator; cardea::service does.
#pragma once

#include <boost/describe/class.hpp>
#include <cardea/core/account/token_authenticator.hpp>
#include <cardea/core/base/result.hpp>
#include <cardea/web/extract/dependency.hpp>
#include <cardea/web/extract/use.hpp>
#include <cardea/web/openapi/operation.hpp>
#include <cardea/web/security/verified_bearer_token.hpp>
#include <cstdint>
#include <optional>
#include <string>

namespace cardea::web {

// As the store has the account at this moment, not as the token says. Written as JSON it is the tutorial's /me.
struct CurrentUser {
  std::int64_t id = 0;
  std::string username;
  std::string role;                                   // the first of their roles
  RoleList other_roles = {};                          // the others
  std::optional<PermissionSet> scope = std::nullopt;  // what the token is limited to, if it is

  const CurrentUser* operator->() const noexcept { return this; }

  // Errors: not_authenticated, token_invalid, token_subject_missing, user_not_found, user_disabled, and
  // key_set_unavailable, store_unavailable or service_unavailable where nobody can tell.
  static Task<Result<CurrentUser>> resolve(const VerifiedBearerToken& token, Use<TokenAuthenticator> authenticator,
                                           Exchange& exchange);
  static std::optional<Result<CurrentUser>> resolve_now(const VerifiedBearerToken& token,
                                                        Use<TokenAuthenticator> authenticator, Exchange& exchange);
  static void describe(Operation& operation);
};
BOOST_DESCRIBE_STRUCT(CurrentUser, (), (id, username, role))

struct OptionalUser {
  std::optional<CurrentUser> user;

  explicit operator bool() const noexcept { return user.has_value(); }
  const CurrentUser* operator->() const noexcept { return &*user; }
  const CurrentUser& operator*() const noexcept { return *user; }

  static Task<Result<OptionalUser>> resolve(const PresentedToken& presented, Use<TokenAuthenticator> authenticator,
                                            Exchange& exchange);
  static std::optional<Result<OptionalUser>> resolve_now(const PresentedToken& presented,
                                                         Use<TokenAuthenticator> authenticator, Exchange& exchange);
  static void describe(Operation& operation);
};

template <>
inline constexpr bool names_a_principal<CurrentUser> = true;
template <>
inline constexpr bool names_a_principal<OptionalUser> = true;
template <>
inline constexpr bool refuses_api_keys<OptionalUser> = true;

}  // namespace cardea::web
