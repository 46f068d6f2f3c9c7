// A value with its version as the answer's entity tag, ETag: "3", which IfMatch takes back with a change (RFC 9110
// section 8.8.3). Versions are not negative.
#pragma once

#include <cardea/web/routing/responder.hpp>
#include <cstdint>
#include <string>

namespace cardea::web {

template <class T>
struct Tagged {
  T value;
  std::int64_t version = 0;
};

namespace responder_detail {
inline void add_entity_tag(Response& response, std::int64_t version) {
  response.headers.add("ETag", '"' + std::to_string(version) + '"');
}
}  // namespace responder_detail

template <class T>
struct Responder<Tagged<T>> {
  static Result<Response> respond(Tagged<T>& tagged) {
    auto response = Responder<T>::respond(tagged.value);
    if (response) responder_detail::add_entity_tag(*response, tagged.version);
    return response;
  }
  static responder_detail::Success describe(SchemaRegistry& schemas) {
    auto success = Responder<T>::describe(schemas);
    success.has_entity_tag = true;
    return success;
  }
};

template <class T>
struct Responder<Created<Tagged<T>>> {
  static Result<Response> respond(Created<Tagged<T>>& created) {
    Created<T> untagged{std::move(created.value.value), std::move(created.location)};
    auto response = Responder<Created<T>>::respond(untagged);
    if (response) responder_detail::add_entity_tag(*response, created.value.version);
    return response;
  }
  static responder_detail::Success describe(SchemaRegistry& schemas) {
    auto success = Responder<Created<T>>::describe(schemas);
    success.has_entity_tag = true;
    return success;
  }
};

}  // namespace cardea::web
