#include <cardea/core/api_key/api_key_authenticator.hpp>
#include <cardea/core/api_key/api_key_text.hpp>

namespace cardea {
namespace {

// Why a key is refused, whoever its owner is.
std::optional<ErrorCode> objection_to(const ApiKey& key, Instant now) {
  if (key.revoked_at) return ErrorCode::api_key_revoked;
  if (key.has_expired(now)) return ErrorCode::api_key_expired;
  return std::nullopt;
}

std::optional<ErrorCode> objection_to(const std::optional<User>& owner, Instant now) {
  if (!owner || owner->state == AccountState::deleted) return ErrorCode::user_not_found;
  if (owner->state_at(now) == AccountState::disabled) return ErrorCode::user_disabled;
  return std::nullopt;
}

}  // namespace

Error ApiKeyAuthenticator::refused(ErrorCode reason, std::string_view subject, const Origin& origin,
                                   Instant now) const {
  audit_.record({.at = now,
                 .action = AuditAction::token_refused,
                 .subject = std::string(subject),
                 .origin = origin,
                 .reason = reason});
  if (reason == ErrorCode::user_not_found || reason == ErrorCode::user_disabled) return Error{reason};
  return Error{ErrorCode::token_invalid, PrivateText{std::string(name_of(reason))}};
}

// The last step of every answer, so that nothing that was read before it is older than it may be.
Result<Principal> ApiKeyAuthenticator::principal(const ApiKey& key, const std::optional<User>& owner,
                                                 const Origin& origin, Instant now) const {
  if (!is_fresh()) return failure(Freshness::over());
  const auto subject = key.owner.name.text();
  if (const auto reason = objection_to(key, now)) return failure(refused(*reason, subject, origin, now));
  if (const auto reason = objection_to(owner, now)) return failure(refused(*reason, subject, origin, now));
  const auto granted = roles_.permissions_of(owner->role, owner->other_roles);
  return Principal{std::string(subject), granted.narrowed_to(key.scopes)};
}

std::optional<Result<Principal>> ApiKeyAuthenticator::principal_known_now(std::string_view text, const Origin& origin,
                                                                          Instant now) const {
  const auto digest = api_key_digest_of(text);
  if (!digest) return failure(refused(ErrorCode::token_malformed, {}, origin, now));
  const auto key = keys_.find_without_waiting(*digest);
  if (!key || (!objection_to(*key, now) && key->shows_use_at(now))) return std::nullopt;
  const auto owner = users_.find_without_waiting(key->owner.name);
  if (!owner) return std::nullopt;
  return principal(*key, owner, origin, now);
}

Result<Principal> ApiKeyAuthenticator::principal_of(std::string_view text, const Origin& origin, Instant now) const {
  const auto digest = api_key_digest_of(text);
  if (!digest) return failure(refused(ErrorCode::token_malformed, {}, origin, now));
  if (!is_fresh()) return failure(Freshness::over());
  const auto key = keys_.find_by_digest(*digest);
  if (!key) return failure(key.error());
  if (!*key) return failure(refused(ErrorCode::api_key_unknown, {}, origin, now));
  const auto owner = users_.find((*key)->owner.name);
  if (!owner) return failure(owner.error());
  auto accepted = principal(**key, *owner, origin, now);
  if (accepted && (*key)->shows_use_at(now)) static_cast<void>(keys_.touch((*key)->id, now));
  return accepted;
}

}  // namespace cardea
