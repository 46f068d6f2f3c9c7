#include <cardea/service/program/complaint.hpp>
#include <cardea/service/program/exit_status.hpp>
#include <ostream>

namespace cardea::service {
namespace {

// Their public text is for strangers; whoever starts a program may read the log's.
bool is_internal(ErrorCode code) noexcept {
  return code == ErrorCode::internal_error || code == ErrorCode::store_corrupt || code == ErrorCode::store_unavailable;
}

}  // namespace

std::string_view hint_for(ErrorCode code) noexcept {
  switch (code) {
    case ErrorCode::account_not_found: return "`cardea user list` shows all of them";
    case ErrorCode::username_taken: return "take another name; names are never given twice, not even after a deletion";
    case ErrorCode::username_invalid:
      return "1 to 64 lower-case letters, digits and . _ - + @, a letter or digit first";
    case ErrorCode::role_invalid: return "1 to 64 lower-case letters, digits and _ - : . , a letter first";
    case ErrorCode::client_name_invalid: return "1 to 80 characters without control characters, not all of them blank";
    case ErrorCode::client_not_found: return "`cardea client list` shows all of them";
    case ErrorCode::key_not_found: return "`cardea key list` shows all of them";
    case ErrorCode::session_not_found: return "`cardea session list USERNAME` shows those that live";
    case ErrorCode::api_key_not_found: return "`cardea api-key list USERNAME` shows those that are not revoked";
    case ErrorCode::store_unavailable:
      return "is the database running, reachable, not in use by others, not on a full disk, and may you write there?";
    case ErrorCode::store_corrupt:
      return "the file is damaged, or another program's: name another one, or put a backup in its place "
             "and remove the old -wal and -shm files";
    case ErrorCode::schema_too_new: return "run the version of cardea that migrated it, or a later one";
    default: return {};
  }
}

ExitStatus exit_status_of(ErrorCode code) noexcept {
  switch (code) {
    case ErrorCode::configuration_invalid:
    case ErrorCode::file_unusable:
    case ErrorCode::key_unusable:
    case ErrorCode::key_set_unusable:
    case ErrorCode::master_key_unusable: return ExitStatus::wrong_usage;
    default: return ExitStatus::refused;
  }
}

std::string_view sentence_of(const Error& error) noexcept {
  const std::string_view for_log = error.private_text();
  return is_internal(error.code()) && !for_log.empty() ? for_log : std::string_view{error.public_text()};
}

void complain(std::ostream& out, const Error& error) {
  out << "error: " << sentence_of(error) << '\n';
  if (const auto hint = hint_for(error.code()); !hint.empty()) out << "hint: " << hint << '\n';
}

}  // namespace cardea::service
