#include "user_file/imported_row.hpp"

#include <cardea/core/account/password_hasher.hpp>

namespace cardea::cli {
namespace {

std::unexpected<Error> refused(std::string reason) {
  return failure(ErrorCode::invalid_request, PublicText{std::move(reason)});
}

// As shadow(5) and Django mark an account without a password.
bool is_no_password(std::string_view hash) { return hash.empty() || hash.front() == '!' || hash.front() == '*'; }

Result<PasswordHash> checked(PasswordHash hash) {
  if (auto verifies = PasswordHasher::check(hash); !verifies) return failure(std::move(verifies).error());
  return hash;
}

Result<PasswordHash> hash_of(const UserColumns& columns, const ImportRules& rules) {
  const auto& text = columns[UserColumn::password_hash];
  const auto& salt = columns[UserColumn::password_salt];
  if (is_no_password(text)) {
    if (rules.accepts_no_password) return PasswordHash::of_no_password();
    return refused("no password hash; --without-passwords accepts that");
  }
  if (salt.empty()) return checked(PasswordHash{text});
  if (!rules.firebase) return refused("password_salt needs --firebase-hash-config");
  auto hash = rules.firebase->hash_of(salt, text);
  if (!hash) return hash;
  return checked(*std::move(hash));
}

Result<AccountState> state_of(const UserColumns& columns) {
  const auto& state = columns[UserColumn::state];
  const auto& disabled = columns[UserColumn::disabled];
  if (!state.empty() && !disabled.empty()) return refused("state and disabled say the same thing; leave one out");
  if (disabled == "true" || disabled == "1") return AccountState::disabled;
  if (!disabled.empty() && disabled != "false" && disabled != "0") return refused("disabled is true or false");
  if (state.empty()) return AccountState::active;
  const auto named = parse_account_state(state);
  if (!named) return refused("state is active, disabled or deleted");
  return *named;
}

Result<std::optional<Instant>> instant_of(const UserColumns& columns, UserColumn column) {
  const auto& text = columns[column];
  if (text.empty()) return std::optional<Instant>{};
  const auto instant = parse_instant(text);
  if (instant) return std::optional{*instant};
  return refused(std::string(name_of(column)) + " is 2026-01-01T12:00:00Z or seconds since 1970");
}

Result<std::optional<Instant>> disabled_until_of(const UserColumns& columns, AccountState state) {
  auto until = instant_of(columns, UserColumn::disabled_until);
  if (until && *until && state != AccountState::disabled) return refused("disabled_until is for disabled users");
  return until;
}

// The first one, and behind a space each of the others.
Result<UserRoles> roles_of(const UserColumns& columns, const ImportRules& rules) {
  const std::string_view names = columns[UserColumn::role];
  if (names.empty()) return UserRoles{rules.default_role};
  const auto first = names.substr(0, names.find(' '));
  auto role = Role::parse(first);
  if (!role) return failure(std::move(role).error());
  if (first.size() == names.size()) return UserRoles{*std::move(role)};
  auto others = RoleList::parse(names.substr(first.size() + 1));
  if (!others) return failure(std::move(others).error());
  if (others->empty()) return failure(ErrorCode::role_invalid);
  return UserRoles{*std::move(role), *std::move(others)};
}

Result<std::optional<EmailAddress>> email_of(const UserColumns& columns) {
  const auto& text = columns[UserColumn::email];
  if (text.empty()) return std::optional<EmailAddress>{};
  auto email = EmailAddress::parse(text);
  if (!email) return failure(std::move(email).error());
  return std::optional{*std::move(email)};
}

// What only an account has that lives.
Done add_personal(NewUser& user, const UserColumns& columns, const ImportRules& rules) {
  auto hash = hash_of(columns, rules);
  if (!hash) return failure(std::move(hash).error());
  auto email = email_of(columns);
  if (!email) return failure(std::move(email).error());
  user.password_hash = *std::move(hash);
  user.email = *std::move(email);
  return {};
}

}  // namespace

Result<ImportedRow> imported_row_of(const UserColumns& columns, const ImportRules& rules) {
  auto username = Username::parse(columns[UserColumn::username]);
  if (!username) return failure(std::move(username).error());
  auto roles = roles_of(columns, rules);
  if (!roles) return failure(std::move(roles).error());
  const auto state = state_of(columns);
  if (!state) return failure(state.error());
  const auto disabled_until = disabled_until_of(columns, *state);
  if (!disabled_until) return failure(disabled_until.error());
  const auto created_at = instant_of(columns, UserColumn::created_at);
  if (!created_at) return failure(created_at.error());
  ImportedUser imported{{*std::move(username), roles->first, PasswordHash{""}},
                        *state,
                        created_at->value_or(rules.now),
                        *disabled_until,
                        std::move(roles->others)};
  if (*state != AccountState::deleted) {
    if (auto added = add_personal(imported.user, columns, rules); !added) return failure(std::move(added).error());
  }
  return ImportedRow{std::move(imported), created_at->has_value()};
}

}  // namespace cardea::cli
