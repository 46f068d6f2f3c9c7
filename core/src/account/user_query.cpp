#include <algorithm>
#include <cardea/core/account/user_query.hpp>
#include <tuple>

namespace cardea {
namespace {

constexpr std::size_t kLongest = 254;

constexpr bool is_visible(char c) { return c > ' ' && c <= '~'; }
constexpr char in_lower_case(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool begins_with(const UserRecord& record, std::string_view prefix) {
  return record.user.username.text().starts_with(prefix) || (record.email && record.email->text().starts_with(prefix));
}

bool has_role(const User& user, const Role& role) {
  return user.role == role || user.other_roles.contains(role.name());
}

}  // namespace

Result<AccountPrefix> AccountPrefix::parse(std::string_view text) {
  if (text.empty() || text.size() > kLongest || !std::ranges::all_of(text, is_visible)) {
    return failure(ErrorCode::validation_failed,
                   PublicText{"A search is for 1 to 254 visible characters of ASCII, the first ones of a user name or "
                              "of an e-mail address"});
  }
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), in_lower_case);
  return AccountPrefix{std::move(lower)};
}

bool UserQuery::matches(const UserRecord& record, Instant now) const {
  return (!state || record.user.state_at(now) == *state) && (!role || has_role(record.user, *role)) &&
         (!text || begins_with(record, text->text()));
}

bool UserQuery::precedes(const UserPosition& first, const UserPosition& second) const {
  const auto& [before, behind] = descending ? std::tie(second, first) : std::tie(first, second);
  switch (order) {
    case UserOrder::id: return before.id < behind.id;
    case UserOrder::username: return before.username < behind.username;
    case UserOrder::created_at: return std::tie(before.created_at, before.id) < std::tie(behind.created_at, behind.id);
  }
  std::unreachable();
}

}  // namespace cardea
