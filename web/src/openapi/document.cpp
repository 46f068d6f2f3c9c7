#include <algorithm>
#include <boost/json/array.hpp>
#include <cardea/core/api_key/api_key_text.hpp>
#include <cardea/web/errors/status_of.hpp>
#include <cardea/web/openapi/document.hpp>

#include "openapi/describe_route.hpp"

namespace cardea::web {
namespace {

namespace json = boost::json;

constexpr std::string_view kErrorSchema = "#/components/schemas/ErrorEnvelope";
constexpr std::string_view kProblemSchema = "#/components/schemas/ProblemDetails";
constexpr std::string_view kOAuthErrorSchema = "#/components/schemas/OAuthError";
constexpr std::string_view kClientScheme = "ClientBasic";
constexpr std::string_view kScheme = "OAuth2PasswordBearer";
constexpr std::string_view kApiKeyScheme = "ApiKeyBearer";

std::string lower(std::string_view text) {
  std::string lowered(text);
  std::ranges::transform(lowered, lowered.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return lowered;
}

// "get_posts_id" for GET /posts/{id}: stable, and unique as the routes are.
std::string operation_id_of(const Route& route) {
  if (!route.operation_id.empty()) return route.operation_id;
  std::string id = lower(name_of(route.method));
  for (const char c : route.pattern) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (plain)
      id += c;
    else if (id.back() != '_')
      id += '_';
  }
  while (id.back() == '_') id.pop_back();
  return id;
}

json::object content(std::string_view media_type, json::object schema) {
  return {{media_type, json::object{{"schema", std::move(schema)}}}};
}

json::object entity_tag_header() {
  return {{"ETag", json::object{{"description", "Its version, for If-Match"},
                                {"schema", json::object{{"type", "string"}, {"examples", json::array{"\"3\""}}}}}}};
}

json::object success_response(const responder_detail::Success& success) {
  json::object response{{"description", reason_phrase(success.status)}};
  if (success.status != 204 && success.described) response["content"] = content(success.media_type, success.schema);
  if (success.has_entity_tag) response["headers"] = entity_tag_header();
  return response;
}

json::object challenge_header() {
  return {{"WWW-Authenticate",
           json::object{{"description", "RFC 6750 section 3"}, {"schema", json::object{{"type", "string"}}}}}};
}

json::object refusal_content(bool is_oauth) {
  if (is_oauth) return content("application/json", {{"$ref", kOAuthErrorSchema}});
  json::object media = content("application/json", {{"$ref", kErrorSchema}});
  media["application/problem+json"] = json::object{{"schema", json::object{{"$ref", kProblemSchema}}}};
  return media;
}

json::object refusal_response(unsigned status, bool is_oauth) {
  json::object response{{"description", reason_phrase(status)}};
  if (status == 401 || status == 403) response["headers"] = challenge_header();
  if (status == 412) response["headers"] = entity_tag_header();
  if (status == 503) {
    response["headers"] = json::object{{"Retry-After", json::object{{"schema", json::object{{"type", "integer"}}}}}};
  }
  response["content"] = refusal_content(is_oauth);
  return response;
}

json::array parameters(const Operation& operation) {
  json::array list;
  for (const auto& parameter : operation.parameters) {
    list.push_back(json::object{{"name", parameter.name},
                                {"in", parameter.in},
                                {"required", parameter.required},
                                {"schema", parameter.schema}});
  }
  return list;
}

json::object request_body(const BodyDescription& body) {
  json::object media;
  for (const auto type : body.media_types) media[type] = json::object{{"schema", body.schema}};
  return {{"required", body.required}, {"content", std::move(media)}};
}

json::array security_of_clients(const Operation& operation) {
  json::array alternatives;
  if (operation.client_credentials_are_optional) alternatives.push_back(json::object{});
  alternatives.push_back(json::object{{kClientScheme, json::array{}}});
  return alternatives;
}

json::array security(const Operation& operation) {
  if (operation.takes_client_credentials) return security_of_clients(operation);
  json::array alternatives;
  if (operation.bearer_token_is_optional) alternatives.push_back(json::object{});
  alternatives.push_back(json::object{{kScheme, json::array{}}});
  if (operation.takes_api_key) alternatives.push_back(json::object{{kApiKeyScheme, json::array{}}});
  return alternatives;
}

json::object describe_operation(const Route& route, SchemaRegistry& schemas) {
  const auto operation = describe_route(route, schemas);
  const auto success = route.endpoint->describe_success(schemas);
  json::object described{{"operationId", operation_id_of(route)}};
  if (!route.summary.empty()) described["summary"] = route.summary;
  if (!route.description.empty()) described["description"] = route.description;
  if (!route.tag.empty()) described["tags"] = json::array{json::value(route.tag)};
  if (!operation.parameters.empty()) described["parameters"] = parameters(operation);
  if (!operation.bodies.empty()) described["requestBody"] = request_body(operation.bodies.front());
  json::object responses;
  responses[std::to_string(success.status)] = success_response(success);
  if (success.may_be_known) responses["304"] = json::object{{"description", reason_phrase(304)}};
  for (const auto status : operation.refusals) {
    responses[std::to_string(status)] = refusal_response(status, route.oauth_errors);
  }
  described["responses"] = std::move(responses);
  described["x-requires"] = json::array(operation.requirements.begin(), operation.requirements.end());
  if (operation.takes_bearer_token || operation.takes_client_credentials) {
    described["security"] = security(operation);
  }
  return described;
}

json::object text_schema(std::string_view example) {
  return {{"type", "string"}, {"examples", json::array{json::value(example)}}};
}

json::object fact_schemas(std::string_view path_name) {
  json::array codes;
  for (const auto code : all_error_codes()) {
    if (public_code_of(code) == code) codes.emplace_back(name_of(code));
  }
  json::object field{
      {"type", "object"},
      {"properties", json::object{{"where", text_schema("/body/title")}, {"reason", text_schema("is missing")}}},
      {"required", json::array{"where", "reason"}}};
  return {{"status", json::object{{"type", "integer"}}},
          {path_name, text_schema("/me")},
          {"code", json::object{{"type", "string"}, {"enum", std::move(codes)}}},
          {"request_id", json::object{{"type", "string"}}},
          {"fields", json::object{{"type", "array"}, {"items", std::move(field)}}}};
}

json::object error_schema() {
  json::object properties{{"message", text_schema("Invalid or expired token")}};
  for (auto& fact : fact_schemas("path")) properties[fact.key()] = fact.value();
  json::object error{{"type", "object"},
                     {"properties", std::move(properties)},
                     {"required", json::array{"message", "status", "path", "code", "request_id"}}};
  return {{"type", "object"},
          {"properties", json::object{{"error", std::move(error)}}},
          {"required", json::array{"error"}}};
}

json::object problem_schema() {
  json::object properties{{"type", json::object{{"type", "string"}, {"const", "about:blank"}}},
                          {"title", text_schema("Unauthorized")},
                          {"detail", text_schema("Invalid or expired token")}};
  for (auto& fact : fact_schemas("instance")) properties[fact.key()] = fact.value();
  return {{"type", "object"},
          {"properties", std::move(properties)},
          {"required", json::array{"type", "title", "detail", "status", "instance", "code", "request_id"}}};
}

json::object oauth_error_schema() {
  return {{"type", "object"},
          {"properties",
           json::object{{"error", text_schema("invalid_request")}, {"error_description", text_schema("Bad request")}}},
          {"required", json::array{"error", "error_description"}}};
}

json::object security_scheme(const App& app) {
  for (const auto& route : app.routes()) {
    if (!route->issues_tokens) continue;
    const std::string url(route->pattern);
    json::object password{{"tokenUrl", url}, {"scopes", json::object{}}};
    return {{"type", "oauth2"}, {"flows", json::object{{"password", std::move(password)}}}};
  }
  return {{"type", "http"}, {"scheme", "bearer"}, {"bearerFormat", "JWT"}};
}

json::array words(std::string_view text) {
  json::array list;
  while (!text.empty()) {
    const auto word = text.substr(0, text.find(' '));
    list.emplace_back(word);
    text.remove_prefix(std::min(text.size(), word.size() + 1));
  }
  return list;
}

// OpenAPI has no word for what an application's roles give: an extension has.
void add_catalogue(const Catalogue& catalogue, json::object& document) {
  json::object permissions, roles;
  for (const auto& permission : catalogue.permissions()) permissions[permission.name] = permission.meaning;
  for (const auto& role : catalogue.roles()) {
    roles[role.name] = json::object{{"permissions", words(role.permissions)}, {"includes", words(role.includes)}};
  }
  document["x-permissions"] = std::move(permissions);
  document["x-roles"] = std::move(roles);
}

bool has_oauth_endpoints(const App& app) {
  return std::ranges::any_of(app.routes(), [](const auto& route) { return route->oauth_errors; });
}

bool any_takes_an_api_key(const App& app) {
  SchemaRegistry schemas;
  return std::ranges::any_of(app.routes(), [&schemas](const auto& route) {
    return route->in_document && describe_route(*route, schemas).takes_api_key;
  });
}

json::object security_schemes(const App& app) {
  json::object schemes{{kScheme, security_scheme(app)}};
  if (has_oauth_endpoints(app)) {
    schemes[kClientScheme] = json::object{
        {"type", "http"},
        {"scheme", "basic"},
        {"description", "An OAuth client's id and secret; or client_id and client_secret in the body instead."}};
  }
  if (any_takes_an_api_key(app)) {
    schemes[kApiKeyScheme] = json::object{{"type", "http"},
                                          {"scheme", "bearer"},
                                          {"bearerFormat", std::string(kApiKeyPrefix) + "..."},
                                          {"description", "An API key, in the place of a token"}};
  }
  return schemes;
}

}  // namespace

json::object openapi_document(const App& app) {
  SchemaRegistry schemas;
  schemas.reference("ErrorEnvelope", error_schema);
  schemas.reference("ProblemDetails", problem_schema);
  if (has_oauth_endpoints(app)) schemas.reference("OAuthError", oauth_error_schema);
  json::object paths;
  for (const auto& route : app.routes()) {
    if (!route->in_document) continue;
    auto& path = paths[route->pattern];
    if (!path.is_object()) path = json::object{};
    path.get_object()[lower(name_of(route->method))] = describe_operation(*route, schemas);
  }
  json::object info{{"title", app.introduction().title}, {"version", app.introduction().version}};
  if (!app.introduction().description.empty()) info["description"] = app.introduction().description;
  json::object document{
      {"openapi", "3.1.0"},
      {"info", std::move(info)},
      {"paths", std::move(paths)},
      {"components", json::object{{"schemas", schemas.schemas()}, {"securitySchemes", security_schemes(app)}}}};
  if (app.catalogue()) add_catalogue(*app.catalogue(), document);
  return document;
}

std::vector<RoutePolicy> route_policies(const App& app) {
  std::vector<RoutePolicy> policies;
  SchemaRegistry schemas;
  for (const auto& route : app.routes()) {
    policies.push_back({std::string(name_of(route->method)), std::string(route->pattern),
                        describe_route(*route, schemas).requirements, route->summary});
  }
  std::ranges::sort(policies, {}, [](const RoutePolicy& policy) { return std::pair{policy.pattern, policy.method}; });
  return policies;
}

}  // namespace cardea::web
