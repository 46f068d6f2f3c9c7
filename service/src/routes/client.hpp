// Where a request comes from and what sent it, for a user to recognise a session by.
#pragma once

#include <cardea/core/base/json_text.hpp>
#include <cardea/core/session/session.hpp>
#include <cardea/web/http/request.hpp>
#include <cardea/web/http/request_context.hpp>

namespace cardea::service {

struct Client {
  ClientTrace trace;

  // A user agent that is not UTF-8 is left out.
  static Client resolve(const web::Request& request, const web::RequestContext& context) {
    const auto agent = request.headers.find("User-Agent").value_or("");
    return {ClientTrace::of(context.origin.address, is_utf8(agent) ? agent : std::string_view{})};
  }
};

}  // namespace cardea::service
