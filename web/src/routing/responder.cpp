#include <cardea/web/routing/responder.hpp>

#include "http/recycled.hpp"

namespace cardea::web {

Response responder_detail::json_response(unsigned status, std::string body) {
  auto response = begin_json_response(status);
  response.body = std::move(body);
  return response;
}

Response responder_detail::begin_json_response(unsigned status) {
  auto response = recycled_response();
  response.status = status;
  response.headers.add("Content-Type", "application/json");
  return response;
}

}  // namespace cardea::web
