#include <spdlog/spdlog.h>

#include <cardea/core/audit/audit_export.hpp>
#include <cardea/service/program/log.hpp>
#include <cardea/service/wiring/audit_trail.hpp>
#include <cardea/service/wiring/master_key_file.hpp>
#include <utility>

namespace cardea::service {
namespace {

void log_failure(std::string_view what, const Error& error) {
  spdlog::error("the audit log cannot be {}: {}: {}", what, name_of(error.code()), error.private_text());
}

void warn(const std::string& sentence) { spdlog::warn(sentence); }

Result<AuditSigner> signer_of(const Result<MasterKeys>& keys) {
  if (!keys) return failure(keys.error());
  return AuditSigner{*keys};
}

// A database in memory is gone with the process, and what signs it, too.
Result<AuditSigner> server_signer_of(const Config& config) {
  const auto path = master_key_file_of(config);
  if (!path) return AuditSigner{MasterKeys::generate()};
  return signer_of(MasterKeyFile::at(*path).read_or_make());
}

}  // namespace

Result<AuditSigner> audit_signer_of(const Config& config) {
  const auto path = master_key_file_of(config);
  if (!path) {
    return failure(ErrorCode::configuration_invalid,
                   PublicText{"database: an audit log in memory is gone with its process; name a file"});
  }
  return signer_of(MasterKeyFile::at(*path).read());
}

Result<std::unique_ptr<AuditTrail>> AuditTrail::open(const Config& config, sql::Database& database,
                                                     std::shared_ptr<AuditSink> lines) {
  auto signer = server_signer_of(config);
  if (!signer) return failure(std::move(signer).error());
  return std::unique_ptr<AuditTrail>(new AuditTrail(config, database, *std::move(signer), std::move(lines)));
}

AuditTrail::AuditTrail(const Config& config, sql::Database& database, AuditSigner signer,
                       std::shared_ptr<AuditSink> lines)
    : master_key_file_(master_key_file_of(config)),
      retention_days_(config.audit_retention),
      store_(database),
      log_(store_, std::move(signer)),
      sink_(log_, clock_, std::move(lines), warn),
      signing_(config.audit_checkpoint, [this] { sign(); }) {}

bool AuditTrail::reload_signer() {
  if (!master_key_file_) return true;
  auto signer = signer_of(MasterKeyFile::at(*master_key_file_).read());
  if (!signer) {
    spdlog::error("the audit log cannot be signed: {}", signer.error().public_text());
    return false;
  }
  const auto replaced = log_.replace_signer(*std::move(signer), clock_.now());
  if (!replaced) log_failure("signed", replaced.error());
  return replaced.has_value();
}

// The line is worth keeping elsewhere: see docs/audit.md. At the start there is none: it would say what the last one of
// the time before has said.
void AuditTrail::sign() {
  const auto checkpoint = log_.sign(clock_.now());
  if (!checkpoint) return log_failure("signed", checkpoint.error());
  if (std::exchange(is_started_, true)) log_audit_line(audit_export_end(*checkpoint));
}

// A little at a time, so that nobody waits long for the database.
void AuditTrail::prune() {
  constexpr std::size_t kAtOnce = 500;
  constexpr int kMostRounds = 2000;
  if (!retention_days_) return;
  for (int round = 0; round < kMostRounds; ++round) {
    const auto now = clock_.now();
    const auto pruned = log_.prune(now - *retention_days_, kAtOnce, now);
    if (!pruned) return log_failure("pruned", pruned.error());
    if (*pruned < kAtOnce) return;
  }
}

}  // namespace cardea::service
