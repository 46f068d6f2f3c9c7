#include <cardea/core/api_key/api_key_administration.hpp>
#include <cardea/core/api_key/api_key_text.hpp>

namespace cardea {
namespace {

Done check_lifetime(std::chrono::days lifetime) {
  if (lifetime >= std::chrono::days{1} && lifetime <= NewApiKey::kLongestLifetime) return {};
  return failure(ErrorCode::api_key_rejected, PublicText{"An API key lives for 1 to 366 days"});
}

Done check_scopes(const PermissionSet& scopes, const PermissionSet& allowed) {
  const auto beyond = scopes.beyond(allowed);
  if (beyond.empty()) return {};
  const auto scope = beyond.to_scope();
  return failure(Error{ErrorCode::permission_required, PublicText{"Requires permission: " + scope}}.with_scope(scope));
}

template <class T>
const Error* refusal_in(const Result<T>& result) {
  return result ? nullptr : &result.error();
}

}  // namespace

Done ApiKeyAdministration::check_room(UserId owner) {
  const auto keys = store_.list(owner);
  if (!keys) return failure(keys.error());
  if (keys->size() < kMost) return {};
  return failure(ErrorCode::conflict, PublicText{"There are 100 API keys already; revoke one first"});
}

Result<CreatedApiKey> ApiKeyAdministration::created(const ApiKeyOwner& owner, const PermissionSet& allowed,
                                                    const NewApiKey& wanted, Instant now) {
  if (auto checked = check_lifetime(wanted.lifetime); !checked) return failure(std::move(checked).error());
  if (auto checked = check_scopes(wanted.scopes, allowed); !checked) return failure(std::move(checked).error());
  if (auto checked = check_room(owner.id); !checked) return failure(std::move(checked).error());
  CreatedApiKey created{.key = {.id = ApiKeyId::random(),
                                .owner = owner,
                                .name = wanted.name,
                                .scopes = wanted.scopes,
                                .created_at = now,
                                .expires_at = now + wanted.lifetime,
                                .last_used_at = std::nullopt,
                                .revoked_at = std::nullopt},
                        .text = new_api_key_text()};
  auto added = store_.add(created.key, api_key_digest_of(created.text.expose()).value());
  if (!added) return failure(std::move(added).error());
  return created;
}

Result<CreatedApiKey> ApiKeyAdministration::create(const ApiKeyOwner& owner, const PermissionSet& allowed,
                                                   const NewApiKey& wanted, const Origin& origin, Instant now) {
  auto result = created(owner, allowed, wanted, now);
  record(AuditAction::api_key_created, owner, origin, now, refusal_in(result));
  return result;
}

Done ApiKeyAdministration::revoke(const ApiKeyOwner& owner, const ApiKeyId& id, const Origin& origin, Instant now) {
  const auto revoked = store_.revoke(id, owner.id, now);
  auto done = revoked ? Done{} : Done{failure(revoked.error())};
  if (revoked && !*revoked) done = failure(ErrorCode::api_key_not_found);
  record(AuditAction::api_key_revoked, owner, origin, now, refusal_in(done));
  return done;
}

Result<std::size_t> ApiKeyAdministration::revoke_all(const ApiKeyOwner& owner, const Origin& origin, Instant now) {
  auto revoked = store_.revoke_all(owner.id, now);
  if (!revoked) return revoked;
  audit_.record_all(
      std::vector(*revoked, AuditEvent{now, AuditAction::api_key_revoked, std::string(owner.name.text()), origin, {}}));
  return revoked;
}

void ApiKeyAdministration::record(AuditAction action, const ApiKeyOwner& owner, const Origin& origin, Instant now,
                                  const Error* refusal) {
  AuditEvent event{now, action, std::string(owner.name.text()), origin, {}};
  if (refusal != nullptr) event.reason = refusal->code();
  audit_.record(event);
}

}  // namespace cardea
