#include <cardea/service/routes/api_keys.hpp>

#include "routes/account.hpp"

namespace cardea::service {
namespace {

using ApiKeys = web::Use<ApiKeyAdministration>;
using KeyPath = web::Path<"id", std::string>;
using web::RequestContext;

ApiKeyOwner owner_of(const Account& account) { return {account->id, account->username}; }

Error invalid(std::string_view member, std::string_view reason) {
  return Error{ErrorCode::validation_failed}.with_fields({{"/body/" + std::string(member), std::string(reason)}});
}

Result<NewApiKey> read(const WantedApiKey& wanted) {
  auto name = ApiKeyName::parse(wanted.name);
  if (!name) return failure(invalid("name", "must be 1 to 80 characters without control characters"));
  auto scopes = PermissionSet::parse_scope(wanted.scope.value_or(std::string{}));
  if (!scopes) return failure(invalid("scope", "must be permissions with one space between them"));
  NewApiKey key{.name = *std::move(name), .scopes = *std::move(scopes)};
  if (wanted.expires_in_days) key.lifetime = std::chrono::days{wanted.expires_in_days->value};
  return key;
}

Result<ApiKeyWithText> create(const Account& account, const web::CurrentPrincipal& caller,
                              const web::JsonBody<WantedApiKey>& body, const RequestContext& context, ApiKeys keys) {
  const auto wanted = read(*body);
  if (!wanted) return failure(wanted.error());
  const auto created =
      keys->create(owner_of(account), caller->permissions, *wanted, context.origin, context.received_at);
  if (!created) return failure(created.error());
  return ApiKeyWithText::of(*created);
}

Result<ApiKeyPage> list(const Account& account, ApiKeys keys) {
  const auto all = keys->list(account->id);
  if (!all) return failure(all.error());
  ApiKeyPage page;
  for (const auto& key : *all) page.items.push_back(ApiKeyView::of(key));
  return page;
}

Done revoke(const Account& account, const KeyPath& path, const RequestContext& context, ApiKeys keys) {
  const auto id = ApiKeyId::parse(*path);
  if (!id) return failure(id.error());
  return keys->revoke(owner_of(account), *id, context.origin, context.received_at);
}

}  // namespace

ApiKeyView ApiKeyView::of(const ApiKey& key) {
  return {.id = key.id.text(),
          .name = key.name.text(),
          .scope = key.scopes.to_scope(),
          .created_at = key.created_at,
          .expires_at = key.expires_at,
          .last_used_at = key.last_used_at};
}

ApiKeyWithText ApiKeyWithText::of(const CreatedApiKey& created) {
  return {ApiKeyView::of(created.key), std::string(created.text.expose())};
}

void add_api_keys(web::App& app) {
  app.post<"/auth/api-keys">(create)
      .blocking()
      .tag("API keys")
      .summary("Make an API key for a script")
      .description("The answer has the key, which is shown this once. It can do no more than its maker.");
  app.get<"/auth/api-keys">(list).blocking().tag("API keys").summary("List my API keys");
  app.delete_<"/auth/api-keys/{id}">(revoke)
      .blocking()
      .tag("API keys")
      .summary("Revoke an API key")
      .description("It is refused from the next request on.");
}

}  // namespace cardea::service

namespace cardea::web {

Result<Response> Responder<service::ApiKeyWithText>::respond(service::ApiKeyWithText& key) {
  auto response = responder_detail::json_response(201, to_json(key));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

responder_detail::Success Responder<service::ApiKeyWithText>::describe(SchemaRegistry& schemas) {
  return {201, json_schema<service::ApiKeyWithText>(schemas), true};
}

}  // namespace cardea::web
