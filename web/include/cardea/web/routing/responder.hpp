// What a handler may return: a value that has a JsonCodec (200), Result<T>, Created<T>, Accepted<T>, NoContent, void
// (204), a Response as it is, or a Task of any of these. In the place of a value it may be a reference to one that
// lives on, as a parameter that was taken by reference does.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cardea/web/http/response.hpp>
#include <cardea/web/json/json_codec.hpp>
#include <string>
#include <string_view>
#include <utility>

namespace cardea::web {

// 201 with the new thing, and where it is to be found (a path such as "/posts/7", or empty).
template <class T>
struct Created {
  T value;
  std::string location;
};

// 202: taken on, not yet done.
template <class T>
struct Accepted {
  T value;
};

// 204.
struct NoContent {};

// How an outcome becomes a response and what is said about it; `outcome` may be moved from.
template <class T>
struct Responder;

namespace responder_detail {

Response json_response(unsigned status, std::string body);

// Its body is to be written.
Response begin_json_response(unsigned status);

template <class T>
Response response_of(unsigned status, const T& value) {
  auto response = begin_json_response(status);
  write_json(response.body, value);
  return response;
}

// What the description says of a success.
struct Success {
  unsigned status = 200;
  boost::json::object schema;  // empty: no body
  bool described = true;       // false: a Response, of which nothing is known
  bool has_entity_tag = false;
  bool may_be_known = false;  // 304 without a body, for whoever has it already
  std::string_view media_type = "application/json";
};

}  // namespace responder_detail

template <JsonCodable T>
struct Responder<T> {
  static Result<Response> respond(const T& value) { return responder_detail::response_of(200, value); }
  static responder_detail::Success describe(SchemaRegistry& schemas) { return {200, json_schema<T>(schemas), true}; }
};

template <class T>
struct Responder<Created<T>> {
  static Result<Response> respond(Created<T>& created) {
    auto response = responder_detail::response_of(201, created.value);
    if (!created.location.empty()) response.headers.add("Location", created.location);
    return response;
  }
  static responder_detail::Success describe(SchemaRegistry& schemas) { return {201, json_schema<T>(schemas), true}; }
};

template <class T>
struct Responder<Accepted<T>> {
  static Result<Response> respond(Accepted<T>& accepted) { return responder_detail::response_of(202, accepted.value); }
  static responder_detail::Success describe(SchemaRegistry& schemas) { return {202, json_schema<T>(schemas), true}; }
};

template <>
struct Responder<NoContent> {
  static Result<Response> respond(NoContent&) { return Response{204, {}, {}}; }
  static responder_detail::Success describe(SchemaRegistry&) { return {204, {}, true}; }
};

template <>
struct Responder<Response> {
  static Result<Response> respond(Response& response) { return std::move(response); }
  static responder_detail::Success describe(SchemaRegistry&) { return {200, {}, false}; }
};

template <>
struct Responder<Done> {
  static Result<Response> respond(Done& done) {
    if (!done) return failure(std::move(done).error());
    return Response{204, {}, {}};
  }
  static responder_detail::Success describe(SchemaRegistry&) { return {204, {}, true}; }
};

template <class T>
struct Responder<Result<T>> {
  static Result<Response> respond(Result<T>& result) {
    if (!result) return failure(std::move(result).error());
    return Responder<T>::respond(*result);
  }
  static responder_detail::Success describe(SchemaRegistry& schemas) { return Responder<T>::describe(schemas); }
};

template <class T>
concept Respondable = requires { &Responder<T>::respond; };

}  // namespace cardea::web
