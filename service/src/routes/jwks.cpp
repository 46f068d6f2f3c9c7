#include <algorithm>
#include <cardea/service/routes/jwks.hpp>
#include <cardea/service/wiring/key_administration.hpp>

namespace cardea::service {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t";
  text.remove_prefix(std::min(text.find_first_not_of(kBlank), text.size()));
  return text.substr(0, text.find_last_not_of(kBlank) + 1);
}

// Tags compare weakly here: W/ in front makes no difference (RFC 9110 section 8.8.3.2).
bool names(std::string_view if_none_match, std::string_view etag) {
  if (trimmed(if_none_match) == "*") return true;
  while (!if_none_match.empty()) {
    auto tag = trimmed(if_none_match.substr(0, if_none_match.find(',')));
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    if (tag == etag) return true;
    if_none_match.remove_prefix(std::min(if_none_match.find(','), if_none_match.size() - 1) + 1);
  }
  return false;
}

JwkSetAnswer answer(web::Public, const web::Header<"If-None-Match", std::optional<std::string>>& if_none_match,
                    const web::RequestContext& context, web::Use<KeyAdministration> keys) {
  const auto& [json, etag] = keys->published_at(context.received_at);
  return {json, etag, keys->jwks_cache(), *if_none_match && names(**if_none_match, etag)};
}

}  // namespace

void add_jwks(web::App& app) {
  app.get<"/.well-known/jwks.json">(answer)
      .tag("keys")
      .summary("The keys that verify tokens")
      .description("A JWK set of public keys. Empty while tokens are signed by a shared secret.");
}

}  // namespace cardea::service

namespace cardea::web {

Result<Response> Responder<service::JwkSetAnswer>::respond(service::JwkSetAnswer& answer) {
  auto response =
      answer.is_known ? Response{304, {}, {}} : responder_detail::json_response(200, std::move(answer.json));
  response.headers.add("Cache-Control", "public, max-age=" + std::to_string(answer.max_age.count()));
  response.headers.add("ETag", answer.etag);
  return response;
}

responder_detail::Success Responder<service::JwkSetAnswer>::describe(SchemaRegistry&) {
  const boost::json::object key{{"type", "object"}};
  const boost::json::object keys{{"keys", {{"type", "array"}, {"items", key}}}};
  responder_detail::Success success{200, {{"type", "object"}, {"properties", keys}, {"required", {"keys"}}}, true};
  success.may_be_known = true;
  return success;
}

}  // namespace cardea::web
