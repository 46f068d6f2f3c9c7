// From the columns of one user to an account.
#pragma once

#include <cardea/core/account/firebase_hash_config.hpp>
#include <cardea/core/account/user_store.hpp>
#include <optional>

#include "user_file/user_columns.hpp"

namespace cardea::cli {

struct ImportedRow {
  ImportedUser user;
  bool says_when_created = false;
};

// What holds for all rows of an import.
struct ImportRules {
  Role default_role;
  Instant now{};
  bool accepts_no_password = false;
  std::optional<FirebaseHashConfig> firebase;
};

// The hash is one that PasswordHasher verifies, unless there is none and that is accepted. Of a deleted account there
// is nothing personal, whatever the file says. Errors: username_invalid, role_invalid, email_invalid,
// password_hash_unsupported, invalid_request; the public text is the reason, and no piece of a hash.
Result<ImportedRow> imported_row_of(const UserColumns& columns, const ImportRules& rules);

}  // namespace cardea::cli
