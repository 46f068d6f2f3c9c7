// GET /.well-known/jwks.json: the public keys that verify this service's tokens, as a JWK set (RFC 7517 section 5).
#pragma once

#include <cardea/web/app.hpp>
#include <chrono>
#include <string>

namespace cardea::service {

// Uses a KeyAdministration. The answer may be kept by any cache for as long as `jwks_cache_seconds` says; it has an
// ETag, and is 304 to whoever has it still (RFC 9110 section 13.1.2). A shared secret is never in it.
void add_jwks(web::App& app);

struct JwkSetAnswer {
  std::string json;
  std::string etag;
  std::chrono::seconds max_age{};
  bool is_known = false;  // to the client already
};

}  // namespace cardea::service

template <>
struct cardea::web::Responder<cardea::service::JwkSetAnswer> {
  static Result<Response> respond(service::JwkSetAnswer& answer);
  static responder_detail::Success describe(SchemaRegistry& schemas);
};
