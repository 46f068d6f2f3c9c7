#include "routes/user_cursor.hpp"

#include <cardea/core/base/base64url.hpp>
#include <charconv>
#include <cstdint>
#include <optional>

namespace cardea::service {
namespace {

// "17 1767268800000000 alice"; the front of `text` is taken away.
std::optional<std::int64_t> take_number(std::string_view& text) {
  std::int64_t number = 0;
  const auto* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, number);
  if (error != std::errc{} || end == last || *end != ' ') return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
  return number;
}

}  // namespace

std::string cursor_of(const UserPosition& position) {
  return to_base64url(std::to_string(position.id.value) + ' ' +
                      std::to_string(position.created_at.time_since_epoch().count()) + ' ' +
                      std::string(position.username.text()));
}

Result<UserPosition> read_cursor(std::string_view cursor) {
  const auto text = from_base64url(cursor);
  if (!text) return failure(ErrorCode::validation_failed);
  std::string_view rest = *text;
  const auto id = take_number(rest);
  const auto created = id ? take_number(rest) : std::nullopt;
  auto username = Username::parse(rest);
  if (!created || !username) return failure(ErrorCode::validation_failed);
  return UserPosition{UserId{*id}, *std::move(username), Instant{std::chrono::microseconds{*created}}};
}

}  // namespace cardea::service
