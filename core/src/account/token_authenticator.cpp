#include <cardea/core/account/token_authenticator.hpp>

#include <cardea/core/access/token_scope.hpp>

namespace cardea {
namespace {

Result<User> active(std::optional<User> user, Instant now) {
  if (!user || user->state == AccountState::deleted) return failure(ErrorCode::user_not_found);
  if (user->state_at(now) == AccountState::disabled) return failure(ErrorCode::user_disabled);
  return *std::move(user);
}

Result<Username> subject_of(const VerifiedToken& token) {
  const auto& subject = token.claims().subject;
  if (!subject || subject->empty()) return failure(ErrorCode::token_subject_missing);
  const auto username = Username::parse(*subject);
  if (!username) return failure(ErrorCode::user_not_found);
  return *username;
}

Result<Principal> principal_of_client(const std::optional<OAuthClient>& client, const VerifiedToken& token) {
  if (!client) return failure(ErrorCode::user_not_found);
  if (!client->is_enabled()) return failure(ErrorCode::client_disabled);
  const auto scope = token_scope(token.claims()).value_or(PermissionSet{});
  return Principal{std::string(client->id.text()), client->scopes.narrowed_to(scope)};
}

Result<Principal> look_up(ClientStore& clients, const ClientId& id, const VerifiedToken& token) {
  const auto found = clients.find(id);
  if (!found) return failure(found.error());
  return principal_of_client(*found, token);
}

bool is_refusal(ErrorCode code) {
  return code == ErrorCode::token_subject_missing || code == ErrorCode::user_not_found ||
         code == ErrorCode::user_disabled || code == ErrorCode::client_disabled ||
         code == ErrorCode::token_session_ended;
}

}  // namespace

std::optional<Result<SharedToken>> TokenAuthenticator::verify_now(std::string_view compact, const Origin& origin,
                                                                  Instant now) const {
  return verifier_.verify_now(compact, origin, now);
}

Result<SharedToken> TokenAuthenticator::verify(std::string_view compact, const Origin& origin, Instant now) const {
  return verifier_.verify(compact, origin, now);
}

// The last step of every answer, so that nothing that was read before it is older than it may be.
template <class T>
Result<T> TokenAuthenticator::recorded(Result<T> found, const VerifiedToken& token, const Origin& origin,
                                       Instant now) const {
  if (!is_fresh()) return failure(Freshness::over());
  if (!found && is_refusal(found.error().code())) {
    verifier_.record_refusal(token, found.error().code(), origin, now);
  }
  return found;
}

// Empty for the tokens of users, and for all where there are no clients.
std::optional<ClientId> TokenAuthenticator::client_of(const VerifiedToken& token) const {
  const auto& subject = token.claims().subject;
  if (clients_ == nullptr || !subject) return std::nullopt;
  const auto id = ClientId::parse(*subject);
  return id ? std::optional{*id} : std::nullopt;
}

// The account's state comes first: what a disabled user is told does not depend on the session.
Result<User> TokenAuthenticator::admitted(std::optional<User> user, const VerifiedToken& token, Instant now) const {
  auto found = active(std::move(user), now);
  if (found && revocations_ != nullptr && revocations_->is_revoked(token)) {
    return failure(ErrorCode::token_session_ended);
  }
  return found;
}

Result<User> TokenAuthenticator::look_up_user(const VerifiedToken& token, Instant now) const {
  if (!is_fresh()) return failure(Freshness::over());
  const auto username = subject_of(token);
  if (!username) return failure(username.error());
  auto found = users_.find(*username);
  if (!found) return failure(std::move(found).error());
  return admitted(*std::move(found), token, now);
}

Result<User> TokenAuthenticator::user_of(const VerifiedToken& token, const Origin& origin, Instant now) const {
  return recorded(look_up_user(token, now), token, origin, now);
}

std::optional<Result<User>> TokenAuthenticator::user_known_now(const VerifiedToken& token, const Origin& origin,
                                                               Instant now) const {
  const auto username = subject_of(token);
  if (!username) return recorded(Result<User>{failure(username.error())}, token, origin, now);
  auto user = users_.find_without_waiting(*username);
  if (!user) return std::nullopt;
  return recorded(admitted(std::move(user), token, now), token, origin, now);
}

Result<Principal> TokenAuthenticator::principal(const Result<User>& user, const VerifiedToken& token) const {
  if (!user) return failure(user.error());
  auto granted = roles_.permissions_of(user->role, user->other_roles);
  const auto scope = token_scope(token.claims());
  return Principal{std::string(user->username.text()), scope ? granted.narrowed_to(*scope) : std::move(granted)};
}

Result<Principal> TokenAuthenticator::principal_of(const VerifiedToken& token, const Origin& origin,
                                                   Instant now) const {
  if (const auto id = client_of(token)) {
    if (!is_fresh()) return failure(Freshness::over());
    return recorded(look_up(*clients_, *id, token), token, origin, now);
  }
  return principal(user_of(token, origin, now), token);
}

std::optional<Result<Principal>> TokenAuthenticator::principal_known_now(const VerifiedToken& token,
                                                                         const Origin& origin, Instant now) const {
  if (const auto id = client_of(token)) {
    const auto client = clients_->find_without_waiting(*id);
    if (!client) return std::nullopt;
    return recorded(principal_of_client(client, token), token, origin, now);
  }
  const auto user = user_known_now(token, origin, now);
  if (!user) return std::nullopt;
  return principal(*user, token);
}

}  // namespace cardea
