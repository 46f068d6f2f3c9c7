#include <cardea/core/access/audited_token_verifier.hpp>

namespace cardea {
namespace {

bool is_of_unknown_key(const Result<SharedToken>& token) {
  return !token && token.error().code() == ErrorCode::token_key_unknown;
}

void record(AuditSink& audit, std::string_view subject, ErrorCode reason, const Origin& origin, Instant now) {
  audit.record({.at = now,
                .action = AuditAction::token_refused,
                .subject = std::string(subject),
                .origin = origin,
                .reason = reason});
}

}  // namespace

// Genuine, and not taken back since.
Result<SharedToken> AuditedTokenVerifier::genuine(std::string_view compact, Instant now) const {
  auto token = seen_.verify(compact, now);
  if (token && revocations_ != nullptr && revocations_->is_revoked(**token)) {
    return failure(ErrorCode::token_session_ended);
  }
  return token;
}

std::optional<Result<SharedToken>> AuditedTokenVerifier::verify_now(std::string_view compact, const Origin& origin,
                                                                    Instant now) const {
  std::optional<Result<SharedToken>> token{genuine(compact, now)};
  if (is_of_unknown_key(*token)) {
    if (verifier_.keys().may_learn(now)) return std::nullopt;
    // If another thread has learned the key since it was looked for, there is nothing left to learn.
    *token = genuine(compact, now);
  }
  if (!*token) *token = failure(refused(token->error().code(), origin, now));
  return token;
}

Result<SharedToken> AuditedTokenVerifier::verify(std::string_view compact, const Origin& origin, Instant now) const {
  auto token = genuine(compact, now);
  if (is_of_unknown_key(token)) {
    const auto learned = learn(now);
    token = genuine(compact, now);
    if (is_of_unknown_key(token) && !learned && !has_keys(now)) return failure(learned.error());
  }
  if (!token) token = failure(refused(token.error().code(), origin, now));
  return token;
}

Done AuditedTokenVerifier::learn(Instant now) const {
  auto& keys = verifier_.keys();
  return keys.may_learn(now) ? keys.learn(now) : Done{};
}

bool AuditedTokenVerifier::has_keys(Instant now) const { return verifier_.keys().keys_at(now)->has_keys(); }

Error AuditedTokenVerifier::refused(ErrorCode reason, const Origin& origin, Instant now) const {
  if (reason == ErrorCode::token_key_unknown && !has_keys(now)) {
    return Error{ErrorCode::key_set_unavailable, PrivateText{"there is no key to verify a token by"}};
  }
  record(audit_, {}, reason, origin, now);
  return Error{ErrorCode::token_invalid, PrivateText{std::string(name_of(reason))}};
}

void AuditedTokenVerifier::record_refusal(const VerifiedToken& token, ErrorCode reason, const Origin& origin,
                                          Instant now) const {
  record(audit_, token.claims().subject.value_or(std::string{}), reason, origin, now);
}

}  // namespace cardea
