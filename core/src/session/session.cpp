#include <array>
#include <cardea/core/session/session.hpp>
#include <utility>

namespace cardea {
namespace {

constexpr std::array kEnds{
    std::pair{SessionEnd::logout, std::string_view{"logout"}},
    std::pair{SessionEnd::ended_elsewhere, std::string_view{"ended_elsewhere"}},
    std::pair{SessionEnd::ended_by_administrator, std::string_view{"ended_by_administrator"}},
    std::pair{SessionEnd::refresh_token_reused, std::string_view{"refresh_token_reused"}},
    std::pair{SessionEnd::password_changed, std::string_view{"password_changed"}},
    std::pair{SessionEnd::user_disabled, std::string_view{"user_disabled"}},
    std::pair{SessionEnd::user_deleted, std::string_view{"user_deleted"}},
};

// Where to cut UTF-8 text so that no character is halved.
std::size_t cut_before(std::string_view text, std::size_t size) {
  const auto is_inside_a_character = [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; };
  while (size > 0 && is_inside_a_character(text[size])) --size;
  return size;
}

}  // namespace

std::string_view name_of(SessionEnd end) noexcept {
  for (const auto& [value, name] : kEnds) {
    if (value == end) return name;
  }
  std::unreachable();
}

Result<SessionEnd> parse_session_end(std::string_view text) {
  for (const auto& [value, name] : kEnds) {
    if (name == text) return value;
  }
  return failure(ErrorCode::store_corrupt, PrivateText{"no end of a session"});
}

ClientTrace ClientTrace::of(std::string_view address, std::string_view user_agent) {
  if (user_agent.size() > kLongestUserAgent)
    user_agent = user_agent.substr(0, cut_before(user_agent, kLongestUserAgent));
  return {.address = std::string(address), .user_agent = std::string(user_agent)};
}

bool Session::is_alive(const SessionPolicy& policy, Instant now) const noexcept {
  return !ended_at && now < last_used_at + policy.idle && now < created_at + policy.absolute;
}

}  // namespace cardea
