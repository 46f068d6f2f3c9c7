// The audit log of a server: the sink that its parts tell, and what looks after the log.
#pragma once

#include <cardea/core/audit/audit_log.hpp>
#include <cardea/core/audit/chained_audit_sink.hpp>
#include <cardea/service/config/config.hpp>
#include <cardea/service/wiring/periodic_task.hpp>
#include <cardea/sql/audit/sql_audit_store.hpp>
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>

namespace cardea::service {

// What signs the audit log, by the master key that there is. Errors: master_key_unusable and file_unusable, with a
// public text that names the file and the fix.
Result<AuditSigner> audit_signer_of(const Config& config);

class AuditTrail {
 public:
  // Makes the master key if there is none. `lines` is told of every event, too; the database outlives this. Errors:
  // those of audit_signer_of.
  static Result<std::unique_ptr<AuditTrail>> open(const Config& config, sql::Database& database,
                                                  std::shared_ptr<AuditSink> lines);

  ChainedAuditSink& sink() noexcept { return sink_; }
  AuditStore& store() noexcept { return store_; }

  // After the master key may have changed. False: it cannot be read.
  bool reload_signer();

  // Lets rows go that are older than the retention, if there is one: for one node now and then.
  void prune();

 private:
  AuditTrail(const Config& config, sql::Database& database, AuditSigner signer, std::shared_ptr<AuditSink> lines);
  void sign();

  std::optional<std::filesystem::path> master_key_file_;
  std::optional<std::chrono::days> retention_days_;
  SystemClock clock_;
  sql::SqlAuditStore store_;
  AuditLog log_;
  ChainedAuditSink sink_;
  bool is_started_ = false;  // of `signing_` alone
  PeriodicTask signing_;
};

}  // namespace cardea::service
