#include <cardea/core/account/authenticator.hpp>

namespace cardea {
namespace {

// What of a typed name an audit event keeps: as much as a real one can have.
constexpr std::size_t kLongestSubject = 64;

// Why the account may not log in, whatever the password.
std::optional<ErrorCode> refusal_of(AccountState state) {
  switch (state) {
    case AccountState::active: return std::nullopt;
    case AccountState::disabled: return ErrorCode::user_disabled;
    case AccountState::deleted: return ErrorCode::account_not_found;
  }
  std::unreachable();
}

Error too_many_attempts(std::chrono::seconds delay) {
  const auto seconds = std::to_string(delay.count()) + (delay.count() == 1 ? " second" : " seconds");
  return Error{ErrorCode::too_many_attempts, PublicText{"Too many failed attempts; try again in " + seconds}}
      .with_retry_after(delay);
}

}  // namespace

// What is known of one attempt; `reason` is for the audit event alone.
struct Authenticator::Attempt {
  std::optional<UserCredentials> credentials;
  std::optional<ErrorCode> reason;
};

Result<User> Authenticator::log_in(std::string_view username, const Secret& password, const Origin& origin,
                                   Instant now) {
  auto login = authenticate(username, password, origin, now);
  if (!login) return failure(std::move(login).error());
  return std::move(login->user);
}

Result<AuthenticatedUser> Authenticator::authenticate(std::string_view username, const Secret& password,
                                                      const Origin& origin, Instant now) {
  AuditEvent event{now, AuditAction::login_failed, std::string(username.substr(0, kLongestSubject)), origin, {}};
  if (const auto delay = throttle_.delay(username, origin.address, now)) {
    event.action = AuditAction::login_throttled;
    event.reason = ErrorCode::too_many_attempts;
    audit_.record(event);
    return failure(too_many_attempts(*delay));
  }
  Attempt attempt;
  auto user = attempted(username, password, attempt, now);
  if (!user) {
    if (user.error().code() == ErrorCode::invalid_credentials) throttle_.failed(username, origin.address, now);
    event.reason = attempt.reason.value_or(user.error().code());
    audit_.record(event);
    return user;
  }
  throttle_.succeeded(username, origin.address, now);
  if (hasher_.needs_rehash(user->matched)) renew_hash(*attempt.credentials, password, origin, now);
  event.action = AuditAction::login_succeeded;
  audit_.record(event);
  return user;
}

Result<AuthenticatedUser> Authenticator::attempted(std::string_view username, const Secret& password, Attempt& attempt,
                                                   Instant now) {
  if (password.size() > PasswordHasher::kLongestPassword) return failure(ErrorCode::invalid_credentials);
  if (const auto name = Username::parse(username)) {
    auto found = users_.find_credentials(*name);
    if (!found) return failure(std::move(found).error());
    attempt.credentials = *std::move(found);
    if (!attempt.credentials) attempt.reason = ErrorCode::account_not_found;
  } else {
    attempt.reason = name.error().code();
  }
  return decide(attempt, password, now);
}

std::optional<ErrorCode> Authenticator::objection_to(const std::optional<UserCredentials>& present,
                                                     const AuthenticatedUser& login, const Secret& password,
                                                     Instant now) const {
  if (!present) return ErrorCode::account_not_found;
  if (const auto reason = refusal_of(present->user.state_at(now))) return reason;
  if (present->password_hash == login.matched) return std::nullopt;
  const auto matches = hasher_.verify(password, present->password_hash);
  if (!matches) return matches.error().code();
  return *matches ? std::nullopt : std::optional{ErrorCode::invalid_credentials};
}

Done Authenticator::confirm(const AuthenticatedUser& login, const Secret& password, const Origin& origin, Instant now) {
  const auto& username = login.user.username;
  const auto present = users_.find_credentials(username);
  if (!present) return failure(present.error());
  const auto reason = objection_to(*present, login, password, now);
  if (!reason) return {};
  audit_.record({now, AuditAction::login_failed, std::string(username.text()), origin, reason});
  return failure(ErrorCode::invalid_credentials);
}

Result<AuthenticatedUser> Authenticator::decide(Attempt& attempt, const Secret& password, Instant now) {
  const auto& credentials = attempt.credentials;
  const auto matches = hasher_.verify(password, credentials ? credentials->password_hash : hasher_.decoy());
  if (!matches && matches.error().code() == ErrorCode::service_unavailable) return failure(matches.error());
  if (credentials) attempt.reason = refusal_of(credentials->user.state_at(now));
  if (!attempt.reason && !matches) attempt.reason = matches.error().code();
  if (!attempt.reason && (!*matches || password.empty())) attempt.reason = ErrorCode::invalid_credentials;
  if (!attempt.reason) return AuthenticatedUser{credentials->user, credentials->password_hash};
  if (credentials && (!matches || hasher_.needs_rehash(credentials->password_hash))) {
    [[maybe_unused]] const auto same_work_as_for_an_unknown_name = hasher_.verify(password, hasher_.decoy());
  }
  return failure(ErrorCode::invalid_credentials);
}

// A login does not fail because its hash could not be renewed: the next one tries again.
void Authenticator::renew_hash(const UserCredentials& credentials, const Secret& password, const Origin& origin,
                               Instant now) {
  AuditEvent event{now, AuditAction::password_rehashed, std::string(credentials.user.username.text()), origin, {}};
  const auto renewed = hasher_.hash(password);
  if (!renewed) {
    event.reason = renewed.error().code();
    return audit_.record(event);
  }
  const auto replaced = users_.replace_password_hash(credentials.user.id, credentials.password_hash, *renewed, now);
  if (!replaced) event.reason = replaced.error().code();
  if (!replaced || *replaced) audit_.record(event);
}

}  // namespace cardea
