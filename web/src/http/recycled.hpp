// Messages that are over leave their room to the next ones on the same thread, so that a thread that answers one
// request after the other allocates nothing for them in the end. The room of large ones is given back.
#pragma once

#include <cardea/web/http/request.hpp>
#include <cardea/web/http/request_context.hpp>
#include <cardea/web/http/response.hpp>

namespace cardea::web {

Request recycled_request();         // its members are empty
Response recycled_response();       // the same
RequestContext recycled_context();  // its members are to be set

void recycle(Request&& over) noexcept;
void recycle(Response&& over) noexcept;
void recycle(RequestContext&& over) noexcept;

}  // namespace cardea::web
