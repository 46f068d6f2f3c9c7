#include <cardea/core/client/client_authenticator.hpp>
#include <cardea/core/token/opaque_token.hpp>

namespace cardea {
namespace {

// What of a presented id an audit event keeps: as much as a real one can have, and a little more.
constexpr std::size_t kLongestSubject = 64;

// As long as every digest, and the digest of nothing.
const std::string kDecoy(43, '-');

std::optional<ErrorCode> refusal_of(const std::optional<ClientCredentials>& found, bool is_proven) {
  if (!found) return ErrorCode::client_not_found;
  if (!is_proven) return ErrorCode::client_invalid;
  if (!found->client.is_enabled()) return ErrorCode::client_disabled;
  return std::nullopt;
}

}  // namespace

// What is no id is not looked up: everybody can tell that it is none.
Result<std::optional<ClientCredentials>> ClientAuthenticator::find(std::string_view id) const {
  const auto client_id = ClientId::parse(id);
  if (!client_id) return std::optional<ClientCredentials>{};
  return clients_.find_credentials(*client_id);
}

void ClientAuthenticator::record(std::string_view id, std::optional<ErrorCode> refusal, const Origin& origin,
                                 Instant now) {
  const auto action = refusal ? AuditAction::client_authentication_failed : AuditAction::client_authenticated;
  audit_.record({now, action, std::string(id.substr(0, kLongestSubject)), origin, refusal});
}

Error ClientAuthenticator::refused(std::string_view id, ErrorCode reason, const Origin& origin, Instant now) {
  record(id, reason, origin, now);
  return Error{ErrorCode::client_invalid, PrivateText{std::string(name_of(reason))}};
}

Result<OAuthClient> ClientAuthenticator::authenticate(std::string_view id, const Secret& secret, const Origin& origin,
                                                      Instant now) {
  const auto digest = digest_of(secret);
  auto found = find(id);
  if (!found) return failure(std::move(found).error());
  const bool has_secret = *found && !(*found)->secret_digest.empty();
  const bool matches = equal_in_constant_time(digest, has_secret ? (*found)->secret_digest : kDecoy);
  if (const auto refusal = refusal_of(*found, has_secret && matches)) {
    return failure(refused(id, *refusal, origin, now));
  }
  record(id, std::nullopt, origin, now);
  return (*std::move(found))->client;
}

Result<OAuthClient> ClientAuthenticator::identify(std::string_view id, const Origin& origin, Instant now) {
  auto found = find(id);
  if (!found) return failure(std::move(found).error());
  const bool is_public = *found && (*found)->client.kind == ClientKind::public_client;
  if (const auto refusal = refusal_of(*found, is_public)) return failure(refused(id, *refusal, origin, now));
  return (*std::move(found))->client;
}

}  // namespace cardea
