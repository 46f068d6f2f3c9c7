// One login and all that was refreshed from it.
#pragma once

#include <cardea/core/account/user.hpp>
#include <cardea/core/base/clock.hpp>
#include <cardea/core/session/refresh_family.hpp>
#include <cardea/core/session/session_id.hpp>
#include <cardea/core/session/session_policy.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace cardea {

enum class SessionEnd : unsigned char {
  logout,
  ended_elsewhere,  // by its user, from another session
  ended_by_administrator,
  refresh_token_reused,
  password_changed,
  user_disabled,
  user_deleted,
};

std::string_view name_of(SessionEnd end) noexcept;
Result<SessionEnd> parse_session_end(std::string_view text);  // Error: store_corrupt

// Where a client says it is: for its user to recognise it, and nothing else.
struct ClientTrace {
  static constexpr std::size_t kLongestUserAgent = 256;

  // The user agent is cut at its longest.
  static ClientTrace of(std::string_view address, std::string_view user_agent);

  std::string address;
  std::string user_agent;
  friend bool operator==(const ClientTrace&, const ClientTrace&) = default;
};

struct Session {
  SessionId id;
  UserId user;
  Instant created_at{};
  Instant last_used_at{};  // the login or the last refresh
  ClientTrace client;      // at that time
  // When the last access token of this session expires.
  Instant access_ends_at{};
  RefreshFamily refresh;
  std::optional<Instant> ended_at;
  std::optional<SessionEnd> end;  // with ended_at

  // Neither ended nor too old.
  bool is_alive(const SessionPolicy& policy, Instant now) const noexcept;

  friend bool operator==(const Session&, const Session&) = default;
};

}  // namespace cardea
