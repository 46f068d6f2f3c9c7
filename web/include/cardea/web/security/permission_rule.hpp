// What may be asked of a caller's permissions: the decision, its audit event, the refusal's sentence, and what the
// route's description says.
#pragma once

#include <cardea/core/access/permission.hpp>
#include <cardea/core/access/principal.hpp>
#include <cardea/core/audit/audit_event.hpp>
#include <cardea/core/base/result.hpp>
#include <cardea/web/extract/use.hpp>
#include <cardea/web/openapi/operation.hpp>
#include <span>
#include <string_view>

namespace cardea::web {

struct AllPermissions {
  // Error: permission_required, which names those that are missing; a denial is an audit event where there is a sink.
  static Done check(const Principal& principal, std::span<const std::string_view> permissions,
                    const RequestContext& context, UseIfProvided<AuditSink> audit);
  // `permissions` live as long as the program.
  static void describe(Operation& operation, std::span<const std::string_view> permissions);
};

struct AnyPermission {
  // Error: permission_required, which names all of them; a denial is an audit event where there is a sink.
  static Done check(const Principal& principal, std::span<const std::string_view> permissions,
                    const RequestContext& context, UseIfProvided<AuditSink> audit);
  // `permissions` live as long as the program.
  static void describe(Operation& operation, std::span<const std::string_view> permissions);
};

}  // namespace cardea::web
