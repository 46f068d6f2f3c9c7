// Nobody hands on what they do not have: to a client, to a role, to an account.
#pragma once

#include <cardea/core/access/permission_set.hpp>
#include <cardea/core/access/principal.hpp>
#include <cardea/core/audit/audit_event.hpp>
#include <cardea/web/http/request_context.hpp>

namespace cardea::service {

// Error: permission_required, which names what is missing; a denial is an audit event.
Done may_hand_on(const PermissionSet& permissions, const Principal& giver, AuditSink& audit,
                 const web::RequestContext& context);

}  // namespace cardea::service
