// A question for accounts, answered a page at a time and always in one order, so that a page begins behind an account
// and not at a number: what is added or removed meanwhile moves nobody to another page.
#pragma once

#include <cardea/core/account/user_change.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cardea {

// The beginning of a user name or of an e-mail address.
class AccountPrefix {
 public:
  // 1 to 254 characters of ASCII, without spaces and control characters. Kept in lower case, as names and addresses
  // are. Error: validation_failed.
  static Result<AccountPrefix> parse(std::string_view text);
  std::string_view text() const noexcept { return text_; }
  friend bool operator==(const AccountPrefix&, const AccountPrefix&) = default;

 private:
  explicit AccountPrefix(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

enum class UserOrder : unsigned char { id, username, created_at };

// An account's place in any order; nothing of it ever changes.
struct UserPosition {
  UserId id;
  Username username;
  Instant created_at{};

  static UserPosition of(const User& user) { return {user.id, user.username, user.created_at}; }
  friend bool operator==(const UserPosition&, const UserPosition&) = default;
};

struct UserQuery {
  static constexpr std::size_t kMost = 200;

  std::optional<AccountState> state = std::nullopt;  // that counts at the time of the search
  std::optional<Role> role = std::nullopt;           // the first, or any other
  std::optional<AccountPrefix> text = std::nullopt;
  UserOrder order = UserOrder::id;  // of equal times of creation, the id decides
  bool descending = false;
  std::optional<UserPosition> after = std::nullopt;
  std::size_t limit = 50;  // 1 to kMost

  bool matches(const UserRecord& record, Instant now) const;
  // Whether `first` comes before `second` in this order.
  bool precedes(const UserPosition& first, const UserPosition& second) const;
};

struct UserRecordPage {
  std::vector<UserRecord> users;
  std::optional<UserPosition> next;  // pass as `after` for the next page; empty on the last
};

}  // namespace cardea
