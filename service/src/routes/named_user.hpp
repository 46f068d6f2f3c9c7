// The account that a path of /admin/users/{id}/… names, deleted ones included.
#pragma once

#include <cardea/core/account/user_store.hpp>
#include <cardea/web/app.hpp>
#include <cstdint>

namespace cardea::service {

struct NamedUser {
  static constexpr bool blocking = true;

  User user;

  const User& operator*() const noexcept { return user; }

  // Error: account_not_found.
  static Result<NamedUser> resolve(const web::Path<"id", std::int64_t>& id, web::Use<UserStore> users) {
    auto found = users->find(UserId{*id});
    if (!found) return failure(std::move(found).error());
    if (!*found) return failure(ErrorCode::account_not_found);
    return NamedUser{**std::move(found)};
  }
  static void describe(web::Operation& operation) { operation.refusals.insert(404); }
};

}  // namespace cardea::service
