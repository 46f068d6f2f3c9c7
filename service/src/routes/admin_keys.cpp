#include <cardea/service/routes/admin_keys.hpp>
#include <cardea/service/wiring/key_administration.hpp>

namespace cardea::service {
namespace {

using MayRead = web::AllowingApiKeys<web::RequirePermission<"keys:read">>;
using MayRotate = web::RequirePermission<"keys:rotate">;
using web::RequestContext;

KeyPage list(const MayRead&, const RequestContext& context, web::Use<KeyAdministration> keys) {
  KeyPage page;
  for (const auto& key : keys->keys(context.received_at)) page.items.push_back(KeyView::of(key));
  return page;
}

Result<web::Created<KeyView>> rotate(const MayRotate&, const web::JsonBody<Rotation>& body,
                                     const RequestContext& context, web::Use<KeyAdministration> keys) {
  const auto takeover = body->at_once.value_or(false) ? Takeover::at_once : Takeover::after_publication;
  const auto key = keys->rotate(takeover, context.origin, context.received_at);
  if (!key) return failure(key.error());
  return web::Created<KeyView>{KeyView::of(*key), {}};
}

Result<KeyView> retire(const MayRotate&, const web::Path<"kid", std::string>& kid, const RequestContext& context,
                       web::Use<KeyAdministration> keys) {
  const auto id = KeyId::parse(*kid);
  if (!id) return failure(ErrorCode::key_not_found);
  const auto key = keys->retire(*id, context.origin, context.received_at);
  if (!key) return failure(key.error());
  return KeyView::of(*key);
}

}  // namespace

KeyView KeyView::of(const RingKey& key) {
  return {.kid = std::string(key.id.text()),
          .algorithm = std::string(name_of(key.algorithm)),
          .state = std::string(name_of(key.state)),
          .created_at = key.created_at,
          .signs_from = key.signs_from,
          .signs_until = key.signs_until,
          .verifies_until = key.verifies_until};
}

void add_admin_keys(web::App& app) {
  app.get<"/admin/keys">(list).tag("keys").summary("List the signing keys");
  app.post<"/admin/keys/rotate">(rotate)
      .refuses({ErrorCode::conflict})
      .blocking()
      .tag("keys")
      .summary("Let a new key take over")
      .description(
          "It is published first, so that everyone who verifies tokens knows it, unless it is to sign at once.");
  app.post<"/admin/keys/{kid}/retire">(retire)
      .refuses({ErrorCode::key_not_found, ErrorCode::conflict})
      .blocking()
      .tag("keys")
      .summary("Cut a key off")
      .description("For a key that others may have: none of its tokens is accepted any more, from now on.");
}

}  // namespace cardea::service
