// What RequirePermission, RequireAll and RequireAny have in common: the decision, its audit event, the refusal's
// sentence, and what the route's description says.
#pragma once

#include <cardea/core/access/permission.hpp>
#include <cardea/core/access/principal.hpp>
#include <cardea/core/audit/audit_event.hpp>
#include <cardea/core/base/result.hpp>
#include <cardea/web/extract/use.hpp>
#include <cardea/web/openapi/operation.hpp>
#include <span>
#include <string_view>

namespace cardea::web::permission_detail {

using Names = std::span<const std::string_view>;

// Error: permission_required, which names those that are missing; a denial is an audit event where there is a sink.
Done check_all(const Principal& principal, Names permissions, const RequestContext& context,
               UseIfProvided<AuditSink> audit);
// Error: likewise, naming all of them.
Done check_any(const Principal& principal, Names permissions, const RequestContext& context,
               UseIfProvided<AuditSink> audit);

// `permissions` live as long as the program.
void describe_all(Operation& operation, Names permissions);
void describe_any(Operation& operation, Names permissions);

}  // namespace cardea::web::permission_detail
