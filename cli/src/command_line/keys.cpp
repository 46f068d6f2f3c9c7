#include "command_line/keys.hpp"

#include <cardea/service/wiring/accounts.hpp>
#include <filesystem>

#include "command_line/command_audit.hpp"

namespace cardea::cli {
namespace {

using service::SigningKeys;

bool is_there(const sql::DatabaseUrl& database) {
  std::error_code ignored;
  if (database.dialect() == sql::Dialect::postgresql) return true;
  return !database.in_memory() && std::filesystem::exists(database.path(), ignored);
}

std::string text_of(const std::optional<Instant>& instant) { return instant ? to_rfc3339(*instant) : "-"; }

boost::json::value json_of(const std::optional<Instant>& instant) {
  if (!instant) return nullptr;
  return boost::json::string(to_rfc3339(*instant));
}

// Calls use(keys, accounts, config).
template <class Use>
ExitStatus with_opened(Invocation& invocation, Use use) {
  auto& terminal = invocation.terminal;
  const auto now = invocation.clock.now();
  auto loaded = service::load_config(invocation.sources);
  if (!loaded) return terminal.refuse(loaded.error());
  const bool is_secret = loaded->config.jwt_secret.has_value();
  if (!is_secret && !is_there(loaded->config.database)) return terminal.refuse(service::no_key_yet(loaded->config));
  // A configured secret needs no database.
  if (is_secret) loaded->config.database = sql::DatabaseUrl::parse("sqlite::memory:").value();
  auto accounts = service::Accounts::open(loaded->config, now);
  if (!accounts) return terminal.refuse(accounts.error());
  const auto keys = SigningKeys::open(loaded->config, accounts->database(), now, RingUse::reading);
  if (!keys) return terminal.refuse(keys.error());
  return use(*keys, *accounts, loaded->config);
}

ExitStatus refuse_configured_secret(Terminal& terminal) {
  return terminal.refuse(
      Error{ErrorCode::configuration_invalid,
            PublicText{"jwt_secret: is the one key while it is set; leave it out to have keys in the database"}});
}

}  // namespace

ExitStatus with_keys(Invocation& invocation,
                     const std::function<ExitStatus(const SigningKeys&, const service::Config&)>& use) {
  return with_opened(invocation, [&](const SigningKeys& keys, service::Accounts&, const service::Config& config) {
    return use(keys, config);
  });
}

ExitStatus with_ring(Invocation& invocation, const std::function<ExitStatus(KeyRing&)>& use) {
  return with_keys(invocation, [&](const SigningKeys& keys, const service::Config&) {
    return keys.ring() ? use(*keys.ring()) : refuse_configured_secret(invocation.terminal);
  });
}

ExitStatus with_ring_to_change(Invocation& invocation, const std::function<ExitStatus(KeyRing&, AuditSink&)>& use) {
  return with_opened(invocation,
                     [&](const SigningKeys& keys, service::Accounts& accounts, const service::Config& config) {
                       if (!keys.ring()) return refuse_configured_secret(invocation.terminal);
                       CommandAudit audit{accounts.database(), config, invocation.terminal};
                       return use(*keys.ring(), audit.sink());
                     });
}

Result<KeyId> key_named(const std::string& text) {
  auto id = KeyId::parse(text);
  if (!id) return failure(ErrorCode::key_not_found);
  return id;
}

boost::json::object json_of(const RingKey& key) {
  return {{"kid", key.id.text()},
          {"algorithm", name_of(key.algorithm)},
          {"state", name_of(key.state)},
          {"created_at", to_rfc3339(key.created_at)},
          {"signs_from", to_rfc3339(key.signs_from)},
          {"signs_until", json_of(key.signs_until)},
          {"verifies_until", json_of(key.verifies_until)}};
}

Row heading_of_keys() { return {"KID", "ALGORITHM", "STATE", "SIGNS FROM", "SIGNS UNTIL", "VERIFIES UNTIL"}; }

Row row_of(const RingKey& key) {
  return {std::string(key.id.text()),      std::string(name_of(key.algorithm)),
          std::string(name_of(key.state)), to_rfc3339(key.signs_from),
          text_of(key.signs_until),        text_of(key.verifies_until)};
}

}  // namespace cardea::cli
