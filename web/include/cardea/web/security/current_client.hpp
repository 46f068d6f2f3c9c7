// The OAuth client that is calling: a token that a client got for itself. A user's token: 403 "Requires a client".
#pragma once

#include <cardea/core/access/permission_set.hpp>
#include <cardea/core/audit/audit_event.hpp>
#include <cardea/core/base/result.hpp>
#include <cardea/core/client/client_id.hpp>
#include <cardea/web/extract/dependency.hpp>
#include <cardea/web/extract/use.hpp>
#include <cardea/web/openapi/operation.hpp>
#include <cardea/web/security/current_principal.hpp>

namespace cardea::web {

// What it may is asked of its principal: take a RequirePermission, too, where that matters.
struct CurrentClient {
  ClientId id;
  PermissionSet permissions;

  const CurrentClient* operator->() const noexcept { return this; }

  // Error: client_required. A denial is an audit event where the application provides an AuditSink.
  static Result<CurrentClient> resolve(const CurrentPrincipal& caller, const RequestContext& context,
                                       UseIfProvided<AuditSink> audit);
  static void describe(Operation& operation);
};

template <>
inline constexpr bool names_a_principal<CurrentClient> = true;

}  // namespace cardea::web
