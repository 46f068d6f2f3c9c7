// What happened, to whom, from where: one event for each success, failure and denial (OWASP ASVS 5.0 V16).
#pragma once

#include <cardea/core/base/clock.hpp>
#include <cardea/core/base/error.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace cardea {

enum class AuditAction : unsigned char {
  login_succeeded,
  login_failed,
  login_throttled,
  token_refused,
  access_denied,
  password_rehashed,
  password_changed,
  user_created,
  users_imported,
  user_disabled,
  user_enabled,
  user_deleted,
  user_restored,
  email_changed,
  password_reset_started,
  password_reset_used,
  role_changed,
  key_rotated,
  key_retired,
  session_refreshed,
  refresh_refused,
  session_ended,
  client_created,
  client_disabled,
  client_enabled,
  client_scopes_changed,
  client_secret_rotated,
  client_authenticated,
  client_authentication_failed,
  client_token_issued,
  api_key_created,
  api_key_revoked,
  role_created,
  role_updated,
  role_deleted,
  keys_resealed,
  key_exported,
  audit_events_lost,
};

std::string_view name_of(AuditAction action) noexcept;
// Empty for a name that none has.
std::optional<AuditAction> parse_audit_action(std::string_view name) noexcept;

// Where a request came from, as far as events and logs need it.
struct Origin {
  std::string address;
  std::string request_id;
};

struct AuditEvent {
  Instant at{};
  AuditAction action{};
  // A verified user name, or what was typed as one: untrusted text, escaped by the sink. Of a key or a client, its id;
  // of a role, its name.
  std::string subject;
  Origin origin;
  std::optional<ErrorCode> reason;  // empty: it succeeded
};

// Whether something is another than before that has to stay explicable: an account, a role, a key, a client, a session
// that was ended. Such an event is told by a thread that may block, after the change.
bool is_lasting_change(const AuditEvent& event) noexcept;

// Thread-safe; never throws. Blocks for the events above at most: what must not be lost is the sink's to keep.
class AuditSink {
 public:
  virtual ~AuditSink() = default;
  virtual void record(const AuditEvent& event) noexcept = 0;
  // For events that happen together.
  virtual void record_all(std::span<const AuditEvent> events) noexcept {
    for (const auto& event : events) record(event);
  }
};

}  // namespace cardea
