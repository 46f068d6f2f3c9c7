// The session that the caller's token belongs to: the login that it was given out by.
#pragma once

#include <cardea/core/session/session_id.hpp>
#include <cardea/web/security/current_user.hpp>
#include <optional>

namespace cardea::web {

struct CurrentSession {
  CurrentUser user;
  std::optional<SessionId> id;  // none: the token was given out otherwise, by the command line for instance

  // Error: session_required.
  Result<SessionId> required() const {
    if (!id) return failure(ErrorCode::session_required);
    return *id;
  }

  // Errors: those of CurrentUser. A token whose session has ended is refused before, as token_invalid.
  static CurrentSession resolve(const CurrentUser& user, const VerifiedBearerToken& token) {
    const auto& claim = token->claims().session_id;
    auto id = claim ? SessionId::parse(*claim) : failure(ErrorCode::session_required);
    return {user, id ? std::optional{*std::move(id)} : std::nullopt};
  }
};

template <>
inline constexpr bool names_a_principal<CurrentSession> = true;

}  // namespace cardea::web
