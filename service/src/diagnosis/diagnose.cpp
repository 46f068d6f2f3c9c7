#include <algorithm>
#include <cardea/core/access/role_administration.hpp>
#include <cardea/core/audit/memory_audit_sink.hpp>
#include <cardea/service/diagnosis/diagnose.hpp>
#include <cardea/service/diagnosis/machine.hpp>
#include <cardea/service/routes/ready_server_catalogue.hpp>
#include <cardea/service/wiring/accounts.hpp>
#include <cardea/service/wiring/audit_trail.hpp>
#include <cardea/service/wiring/signing_keys.hpp>
#include <cardea/service/wiring/threads.hpp>
#include <cardea/sql/audit/sql_audit_store.hpp>
#include <cardea/sql/role/sql_role_store.hpp>
#include <iterator>

#include "diagnosis/check_accounts.hpp"
#include "diagnosis/check_audit.hpp"
#include "diagnosis/check_configuration.hpp"
#include "diagnosis/check_database.hpp"
#include "diagnosis/check_files.hpp"
#include "diagnosis/check_keys.hpp"
#include "diagnosis/check_machine.hpp"
#include "diagnosis/findings.hpp"

namespace cardea::service {
namespace {

constexpr std::size_t kOtherFiles = 64;  // the program's own, its log, its standard streams

std::filesystem::path folder_of(const std::filesystem::path& file) {
  return file.has_parent_path() ? file.parent_path() : ".";
}

// Of SQLite's file, and where the program runs for a database elsewhere.
std::filesystem::path folder_of(const Config& config) {
  return folder_of(std::filesystem::path(config.database.path()));
}

std::size_t most_open_files(const Config& config) {
  return std::size_t{config.connections} + database_connections_of(config) + kOtherFiles;
}

// One run, and what it has found so far.
class Diagnosis {
 public:
  Diagnosis(const Config& config, Instant now) : config_(config), machine_(Machine::at(now, folder_of(config))) {}

  void look_at_configuration() {
    add(check_listen(config_));
    if (config_.tls_certificate || config_.tls_key) add(check_certificate(config_, machine_.now));
    if (config_.jwt_secret) add(check_secret(config_));
    add(check_issuer(config_));
    add(check_open_files(machine_, most_open_files(config_)));
  }

  void look_at_database() {
    if (config_.database.in_memory()) {
      return add(warning("database", "is in memory: it is gone with the process", "name a file or a server"));
    }
    if (is_in_a_file() && !is_there()) return look_where_it_will_be();
    if (is_in_a_file()) {
      add(check_database_files(config_.database.path()));
      add(check_space(machine_, folder_of(config_)));
    }
    const bool keeps_log = is_in_a_file() && sql::keeps_write_ahead_log(config_.database.path());
    auto database = sql::Database::open(config_.database, {.connections = 1, .read_only = true});
    if (!database) return add(problem("database", database.error()));
    if (is_in_a_file()) add(check_sqlite(sql::sqlite_quick_check(*database), keeps_log));
    if (is_in_a_file() && findings_.back().verdict == Verdict::problem) return;
    look_into(*database);
  }

  Findings take() && { return std::move(findings_); }

 private:
  void add(Finding finding) { findings_.push_back(std::move(finding)); }
  void add(Findings findings) { std::ranges::move(findings, std::back_inserter(findings_)); }

  bool is_in_a_file() const { return config_.database.dialect() == sql::Dialect::sqlite; }
  bool is_there() const {
    std::error_code ignored;
    return std::filesystem::exists(config_.database.path(), ignored);
  }

  void look_where_it_will_be() {
    add(ok("database", config_.database.path() + " is not there yet; the first start makes it"));
    add(check_folder(folder_of(config_)));
    add(check_space(machine_, folder_of(config_)));
    add(check_master_key(config_, false));
    add(check_clock(machine_, std::nullopt));
  }

  void look_into(sql::Database& database) {
    const auto latest = sql::embedded_migrations(database.dialect()).back().version;
    add(check_schema(sql::Migrator{database}.status(), latest));
    if (findings_.back().verdict != Verdict::ok) return;
    if (!is_in_a_file()) add(check_postgresql(sql::postgresql_health(database)));
    look_at_keys(database);
    look_at_accounts(database);
    look_at_audit_log(database);
  }

  void look_at_keys(sql::Database& database) {
    const auto keys = sql::SqlKeyStore{database}.list();
    if (!keys) return add(problem("signing key", keys.error()));
    add(check_master_key(config_, !keys->empty()));
    if (const auto file = master_key_file_of(config_); file && !is_in_a_file()) add(check_folder(folder_of(*file)));
    if (config_.jwt_secret) return;
    if (keys->empty()) return add(ok("signing key", "none yet; the first start makes it"));
    newest_ = std::ranges::max(*keys, {}, &StoredKey::created_at).created_at;
    const auto opened = SigningKeys::open(config_, database, machine_.now, RingUse::reading);
    add(opened ? check_signing_key(opened->ring()->keys(machine_.now), config_.key_rotation, machine_.now)
               : problem("signing key", opened.error()));
  }

  void look_at_accounts(sql::Database& database) {
    sql::SqlUserStore users{database};
    sql::SqlRoleStore stored{database};
    MemoryAuditSink nobody;
    const LiveRoles roles;
    RoleAdministration administration{stored, roles, nobody};
    administration.declare(kReadyServerCatalogue.view());
    if (const auto read = administration.reload(); !read) return add(problem("roles", read.error()));
    add(check_administrators(users, roles, machine_.now));
    add(check_demo_passwords(users, password_hasher_of(config_), config_.demo));
  }

  void look_at_audit_log(sql::Database& database) {
    sql::SqlAuditStore store{database};
    const auto state = store.state();
    add(check_audit(state, audit_signer_of(config_)));
    if (state && state->checkpoint) newest_ = std::max(newest_.value_or(Instant{}), state->checkpoint->at);
    const auto last = store.page({}, std::nullopt, 1);
    if (last && !last->records.empty()) newest_ = std::max(newest_.value_or(Instant{}), last->records.front().until);
    add(check_clock(machine_, newest_));
  }

  const Config& config_;
  const Machine machine_;
  std::optional<Instant> newest_;  // that the database knows of
  Findings findings_;
};

}  // namespace

Findings diagnose(const ConfigSources& sources, Instant now) {
  const auto loaded = load_config(sources);
  if (!loaded) return {problem("configuration", loaded.error())};
  Diagnosis diagnosis{loaded->config, now};
  diagnosis.look_at_configuration();
  diagnosis.look_at_database();
  Findings findings{check_sources(*loaded, sources)};
  std::ranges::move(std::move(diagnosis).take(), std::back_inserter(findings));
  return findings;
}

}  // namespace cardea::service
