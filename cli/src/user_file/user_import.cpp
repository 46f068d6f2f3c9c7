#include "user_file/user_import.hpp"

#include <algorithm>

#include "command_line/accounts.hpp"

namespace cardea::cli {
namespace {

bool is_the_same(const UserCredentials& there, const ImportedRow& row) {
  const auto& [user, state, created_at, disabled_until, other_roles] = row.user;
  return there.user.role == user.role && there.user.other_roles == other_roles && there.user.state == state &&
         there.user.disabled_until == disabled_until && there.password_hash == user.password_hash &&
         (!row.says_when_created || there.user.created_at == created_at);
}

}  // namespace

Done UserImport::add(std::size_t line, ImportedRow row) {
  lines_.push_back(line);
  rows_.push_back(std::move(row));
  return flush_if_full();
}

Done UserImport::refuse(std::size_t line, std::string username, const Error& error) {
  refused_.push_back({line, std::move(username), std::string(error.public_text())});
  return flush_if_full();
}

Done UserImport::flush_if_full() { return rows_.size() + refused_.size() < kBatch ? Done{} : finish(); }

Result<std::vector<bool>> UserImport::store() {
  if (mode_ == Mode::dry_run) return pretend_to_store();
  std::vector<ImportedUser> users;
  for (const auto& row : rows_) users.push_back(row.user);
  auto added = users_.add_imported(users, now_);
  record(added);
  return added;
}

Result<std::vector<bool>> UserImport::pretend_to_store() {
  std::vector<bool> free;
  for (const auto& row : rows_) {
    const auto& username = row.user.user.username;
    const auto found = users_.find(username);
    if (!found) return failure(found.error());
    free.push_back(!*found && pretended_.emplace(username.text()).second);
  }
  return free;
}

void UserImport::record(const Result<std::vector<bool>>& added) {
  AuditEvent event{now_, AuditAction::users_imported, {}, command_line_origin(), {}};
  if (!added) {
    event.reason = added.error().code();
  } else if (const auto count = std::ranges::count(*added, true); count > 0) {
    event.subject = std::to_string(count) + (count == 1 ? " user" : " users");
  } else {
    return;
  }
  audit_.record(event);
}

// With all that the row says.
Result<bool> UserImport::is_there(const ImportedRow& row) {
  const auto& user = row.user.user;
  const auto there = users_.find_credentials(user.username);
  if (!there) return failure(there.error());
  if (!*there || !is_the_same(**there, row)) return false;
  if (!user.email) return true;
  const auto record = users_.find_record((*there)->user.id);
  if (!record) return failure(record.error());
  return *record && (*record)->email == user.email;
}

Done UserImport::sort_out_taken(std::size_t line, const ImportedRow& row) {
  const auto& username = row.user.user.username;
  const bool repeated = pretended_.contains(std::string(username.text()));  // by a dry run, which stores nothing
  const auto there = repeated ? Result<bool>{false} : is_there(row);
  if (!there) return failure(there.error());
  if (*there) {
    ++counts_.already_there;
  } else {
    refused_.push_back({line, std::string(username.text()),
                        repeated ? "the name stands in an earlier line"
                                 : "the name is taken, by an account that is another or has changed since"});
  }
  return {};
}

Done UserImport::finish() {
  const auto added = store();
  if (!added) return failure(added.error());
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if ((*added)[i]) {
      ++counts_.added;
    } else if (auto sorted = sort_out_taken(lines_[i], rows_[i]); !sorted) {
      return sorted;
    }
  }
  std::ranges::stable_sort(refused_, {}, &RefusedLine::number);
  counts_.refused += refused_.size();
  std::ranges::for_each(refused_, on_refusal_);
  lines_.clear();
  rows_.clear();
  refused_.clear();
  return {};
}

}  // namespace cardea::cli
