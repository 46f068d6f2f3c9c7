#include <cardea/core/account/token_authenticator.hpp>

namespace cardea {
namespace {

void record_refusal(AuditSink& audit, std::string_view subject, ErrorCode reason, const Origin& origin, Instant now) {
  audit.record({.at = now,
                .action = AuditAction::token_refused,
                .subject = std::string(subject),
                .origin = origin,
                .reason = reason});
}

Result<User> active(const std::optional<User>& user) {
  if (!user || user->state == AccountState::deleted) return failure(ErrorCode::user_not_found);
  if (user->state == AccountState::disabled) return failure(ErrorCode::user_disabled);
  return *user;
}

Result<Username> subject_of(const VerifiedToken& token) {
  const auto& subject = token.claims().subject;
  if (!subject || subject->empty()) return failure(ErrorCode::token_subject_missing);
  const auto username = Username::parse(*subject);
  if (!username) return failure(ErrorCode::user_not_found);
  return *username;
}

Result<User> look_up(UserStore& users, const VerifiedToken& token) {
  const auto username = subject_of(token);
  if (!username) return failure(username.error());
  const auto found = users.find(*username);
  if (!found) return failure(found.error());
  return active(*found);
}

bool is_refusal(ErrorCode code) {
  return code == ErrorCode::token_subject_missing || code == ErrorCode::user_not_found ||
         code == ErrorCode::user_disabled;
}

}  // namespace

Result<VerifiedToken> TokenAuthenticator::verify(std::string_view compact, const Origin& origin, Instant now) const {
  auto token = verifier_.verify(compact, now);
  if (token) return token;
  const auto reason = token.error().code();
  record_refusal(audit_, {}, reason, origin, now);
  return failure(ErrorCode::token_invalid, PrivateText{std::string(name_of(reason))});
}

Result<User> TokenAuthenticator::recorded(Result<User> user, const VerifiedToken& token, const Origin& origin,
                                          Instant now) const {
  if (!user && is_refusal(user.error().code())) {
    record_refusal(audit_, token.claims().subject.value_or(std::string{}), user.error().code(), origin, now);
  }
  return user;
}

Result<User> TokenAuthenticator::user_of(const VerifiedToken& token, const Origin& origin, Instant now) const {
  return recorded(look_up(users_, token), token, origin, now);
}

std::optional<Result<User>> TokenAuthenticator::user_known_now(const VerifiedToken& token, const Origin& origin,
                                                               Instant now) const {
  const auto username = subject_of(token);
  if (!username) return recorded(failure(username.error()), token, origin, now);
  const auto user = users_.find_without_waiting(*username);
  if (!user) return std::nullopt;
  return recorded(active(user), token, origin, now);
}

}  // namespace cardea
