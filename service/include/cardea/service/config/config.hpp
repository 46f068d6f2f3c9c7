// What the service was told, as values: every one of them checked. How each is written stands in option.hpp.
#pragma once

#include <cardea/core/base/secret.hpp>
#include <cardea/core/key/algorithm.hpp>
#include <cardea/core/token/token_profile.hpp>
#include <cardea/service/config/listen_address.hpp>
#include <cardea/sql/database/database_url.hpp>
#include <cardea/web/run/trusted_proxies.hpp>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

namespace cardea::service {

enum class LogFormat : unsigned char { text, json };
enum class LogLevel : unsigned char { debug, info, warning, error };

// Who may read GET /metrics. Off: there is no such route.
enum class MetricsAccess : unsigned char { off, by_permission, everyone };

struct Config {
  ListenAddress listen;
  std::optional<std::filesystem::path> tls_certificate;  // none: HTTP in the clear
  std::optional<std::filesystem::path> tls_key;
  web::TrustedProxies trusted_proxies;
  web::ClientAddressSource client_address{};
  sql::DatabaseUrl database = sql::DatabaseUrl::parse("sqlite:cardea.db").value();
  std::optional<std::string> issuer;
  std::optional<std::string> audience;
  Algorithm signing_algorithm{};
  std::chrono::minutes access_token_lifetime{};
  std::chrono::days refresh_idle{};
  std::chrono::days refresh_absolute{};
  bool registration = false;
  bool oauth_password_grant = false;
  std::optional<Secret> jwt_secret;                      // none: the one in secret_file
  std::optional<std::filesystem::path> secret_file;      // none: beside the database, see secret_file_of
  std::optional<TokenProfile> token_profile;             // none: the one that goes with the key, see token_profile_of
  std::optional<std::filesystem::path> master_key_file;  // none: a credential, or beside the database
  std::optional<std::filesystem::path> master_key_credential;  // what systemd hands over, if it does
  std::optional<std::chrono::days> key_rotation;               // none: only by hand
  std::chrono::seconds jwks_cache{};
  std::optional<std::chrono::days> audit_retention;  // none: for ever
  std::chrono::minutes audit_checkpoint{60};
  std::optional<unsigned> threads;                // none: one for each processor
  std::optional<unsigned> blocking_threads;       // none: 16, or one for each processor
  std::optional<unsigned> password_hash_threads;  // none: all processors but one
  std::size_t password_hash_memory_mib{};
  std::size_t password_minimum_length{};  // in characters
  unsigned connections = 8192;
  unsigned connections_per_address = 1024;
  std::chrono::seconds handshake{10};
  std::chrono::seconds request_head{10};
  std::chrono::seconds request_body{15};
  std::chrono::seconds handler{30};
  std::chrono::seconds answer_write{30};
  std::chrono::seconds keep_alive{30};
  std::chrono::seconds drain_notice{};
  LogFormat log_format{};
  LogLevel log_level{};
  MetricsAccess metrics{};
  bool demo = false;
  bool demo_on_any_address = false;
};

// Where an earlier version kept its generated secret: `secret_file`, or beside the database (cardea.db has
// cardea.jwt-secret). None: nowhere, since the database is in memory or on PostgreSQL.
std::optional<std::filesystem::path> secret_file_of(const Config& config);

// Where the master key is kept: `master_key_file`, a systemd credential, or beside the database (cardea.db has
// cardea.master-key), and for PostgreSQL cardea.master-key in the working folder. None: nowhere, since the database is
// in memory.
std::optional<std::filesystem::path> master_key_file_of(const Config& config);

// "https://127.0.0.1:8000": where a program on this machine finds the server.
std::string own_url_of(const Config& config);

}  // namespace cardea::service
