// The audit store over SQL: tables `audit_events` and `audit_marks` of sql/migrations/0007_audit.sql.
#pragma once

#include <cardea/core/audit/audit_store.hpp>
#include <cardea/sql/database/database.hpp>

namespace cardea::sql {

class SqlAuditStore final : public AuditStore {
 public:
  // The database's schema is up to date (Migrator), and it outlives the store.
  explicit SqlAuditStore(Database& database) : connections_(database.connections()) {}

  // Error, beyond AuditStore's: store_corrupt where the log has no head.
  Result<AuditState> state() override;
  Result<bool> append(const AuditHead& after, std::span<const AuditRecord> records,
                      const std::optional<AuditCheckpoint>& checkpoint) override;
  Result<std::vector<AuditRecord>> read(std::uint64_t after, std::size_t limit) override;
  Result<AuditPage> page(const AuditFilter& filter, std::optional<std::uint64_t> before, std::size_t limit) override;
  Result<bool> prune(const AuditCheckpoint& anchor) override;
  Result<bool> replace_signatures(const AuditState& expected, const std::optional<AuditCheckpoint>& checkpoint,
                                  const std::optional<AuditCheckpoint>& anchor) override;

 private:
  ConnectionPool& connections_;
};

}  // namespace cardea::sql
