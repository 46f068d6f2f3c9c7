#include <algorithm>
#include <array>
#include <cardea/core/audit/audit_event.hpp>
#include <utility>

namespace cardea {

std::string_view name_of(AuditAction action) noexcept {
  switch (action) {
    case AuditAction::login_succeeded: return "login_succeeded";
    case AuditAction::login_failed: return "login_failed";
    case AuditAction::login_throttled: return "login_throttled";
    case AuditAction::token_refused: return "token_refused";
    case AuditAction::access_denied: return "access_denied";
    case AuditAction::password_rehashed: return "password_rehashed";
    case AuditAction::password_changed: return "password_changed";
    case AuditAction::user_created: return "user_created";
    case AuditAction::users_imported: return "users_imported";
    case AuditAction::user_disabled: return "user_disabled";
    case AuditAction::user_enabled: return "user_enabled";
    case AuditAction::user_deleted: return "user_deleted";
    case AuditAction::user_restored: return "user_restored";
    case AuditAction::email_changed: return "email_changed";
    case AuditAction::password_reset_started: return "password_reset_started";
    case AuditAction::password_reset_used: return "password_reset_used";
    case AuditAction::role_changed: return "role_changed";
    case AuditAction::key_rotated: return "key_rotated";
    case AuditAction::key_retired: return "key_retired";
    case AuditAction::session_refreshed: return "session_refreshed";
    case AuditAction::refresh_refused: return "refresh_refused";
    case AuditAction::session_ended: return "session_ended";
    case AuditAction::client_created: return "client_created";
    case AuditAction::client_disabled: return "client_disabled";
    case AuditAction::client_enabled: return "client_enabled";
    case AuditAction::client_scopes_changed: return "client_scopes_changed";
    case AuditAction::client_secret_rotated: return "client_secret_rotated";
    case AuditAction::client_authenticated: return "client_authenticated";
    case AuditAction::client_authentication_failed: return "client_authentication_failed";
    case AuditAction::client_token_issued: return "client_token_issued";
    case AuditAction::api_key_created: return "api_key_created";
    case AuditAction::api_key_revoked: return "api_key_revoked";
    case AuditAction::role_created: return "role_created";
    case AuditAction::role_updated: return "role_updated";
    case AuditAction::role_deleted: return "role_deleted";
    case AuditAction::keys_resealed: return "keys_resealed";
    case AuditAction::key_exported: return "key_exported";
    case AuditAction::audit_events_lost: return "audit_events_lost";
  }
  std::unreachable();
}

std::optional<AuditAction> parse_audit_action(std::string_view name) noexcept {
  for (auto number = 0; number <= static_cast<int>(AuditAction::audit_events_lost); ++number) {
    const auto action = static_cast<AuditAction>(number);
    if (name_of(action) == name) return action;
  }
  return std::nullopt;
}

bool is_lasting_change(const AuditEvent& event) noexcept {
  static constexpr std::array kPassing{AuditAction::login_succeeded,      AuditAction::login_failed,
                                       AuditAction::token_refused,        AuditAction::access_denied,
                                       AuditAction::session_refreshed,    AuditAction::refresh_refused,
                                       AuditAction::client_authenticated, AuditAction::client_authentication_failed,
                                       AuditAction::client_token_issued,  AuditAction::audit_events_lost};
  return !event.reason && std::ranges::find(kPassing, event.action) == kPassing.end();
}

}  // namespace cardea
