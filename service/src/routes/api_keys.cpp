#include <cardea/service/routes/api_keys.hpp>

#include "routes/account.hpp"
#include "routes/named_user.hpp"

namespace cardea::service {
namespace {

using ApiKeys = web::Use<ApiKeyAdministration>;
using OwnKeyPath = web::Path<"id", std::string>;
using KeyPath = web::Path<"key", std::string>;
using MayRead = web::RequirePermission<"users:read">;
using MayWrite = web::RequirePermission<"users:write">;
using web::RequestContext;

ApiKeyOwner owner_of(const User& user) { return {user.id, user.username}; }

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
      keys->create(owner_of(*account), caller->permissions, *wanted, context.origin, context.received_at);
  if (!created) return failure(created.error());
  return ApiKeyWithText::of(*created);
}

Result<ApiKeyPage> page_of(const Result<std::vector<ApiKey>>& keys) {
  if (!keys) return failure(keys.error());
  ApiKeyPage page;
  for (const auto& key : *keys) page.items.push_back(ApiKeyView::of(key));
  return page;
}

Done revoke_one(const User& owner, std::string_view key, const RequestContext& context, ApiKeyAdministration& keys) {
  const auto id = ApiKeyId::parse(key);
  if (!id) return failure(id.error());
  return keys.revoke(owner_of(owner), *id, context.origin, context.received_at);
}

Result<ApiKeyPage> list(const Account& account, ApiKeys keys) { return page_of(keys->list(account->id)); }

Done revoke(const Account& account, const OwnKeyPath& key, const RequestContext& context, ApiKeys keys) {
  return revoke_one(*account, *key, context, *keys);
}

Result<ApiKeyPage> list_of(const MayRead&, const NamedUser& user, ApiKeys keys) {
  return page_of(keys->list((*user).id));
}

Done revoke_one_of(const MayWrite&, const NamedUser& user, const KeyPath& key, const RequestContext& context,
                   ApiKeys keys) {
  return revoke_one(*user, *key, context, *keys);
}

Done revoke_all_of(const MayWrite&, const NamedUser& user, const RequestContext& context, ApiKeys keys) {
  const auto revoked = keys->revoke_all(owner_of(*user), context.origin, context.received_at);
  return revoked ? Done{} : failure(revoked.error());
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
      .refuses({ErrorCode::permission_required, ErrorCode::conflict})
      .blocking()
      .tag("API keys")
      .summary("Make an API key for a script")
      .description("The answer has the key, which is shown this once. It can do no more than its maker.");
  app.get<"/auth/api-keys">(list).blocking().tag("API keys").summary("List my API keys");
  app.delete_<"/auth/api-keys/{id}">(revoke)
      .refuses({ErrorCode::api_key_not_found})
      .blocking()
      .tag("API keys")
      .summary("Revoke an API key")
      .description("It is refused from the next request on.");
}

void add_admin_api_keys(web::App& app) {
  app.get<"/admin/users/{id}/api-keys">(list_of)
      .blocking()
      .tag("administration")
      .summary("List the API keys of a user");
  app.delete_<"/admin/users/{id}/api-keys">(revoke_all_of)
      .blocking()
      .tag("administration")
      .summary("Revoke all API keys of a user");
  app.delete_<"/admin/users/{id}/api-keys/{key}">(revoke_one_of)
      .blocking()
      .tag("administration")
      .summary("Revoke one of a user's API keys");
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
