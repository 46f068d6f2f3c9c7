// What a handler or a dependency may know about the request as such. A handler asks for it by taking a RequestContext.
#pragma once

#include <cardea/core/audit/audit_event.hpp>
#include <cardea/core/base/clock.hpp>
#include <cardea/web/http/method.hpp>
#include <cardea/web/http/trace_context.hpp>
#include <optional>
#include <string>

namespace cardea::web {

struct RequestContext {
  Method method = Method::get;
  std::string path;                     // as sent, without the query
  Origin origin;                        // the client's address and the request id
  Instant received_at{};                // the "now" of everything that is decided for this request
  std::optional<TraceContext> trace{};  // as the client says, if it says so
};

}  // namespace cardea::web
