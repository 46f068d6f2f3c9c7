// An audit store that forgets: for tests and for trying things out.
#pragma once

#include <cardea/core/audit/audit_store.hpp>
#include <mutex>
#include <vector>

namespace cardea {

class MemoryAuditStore final : public AuditStore {
 public:
  Result<AuditState> state() override;
  Result<bool> append(const AuditHead& after, std::span<const AuditRecord> records,
                      const std::optional<AuditCheckpoint>& checkpoint) override;
  Result<std::vector<AuditRecord>> read(std::uint64_t after, std::size_t limit) override;
  Result<AuditPage> page(const AuditFilter& filter, std::optional<std::uint64_t> before, std::size_t limit) override;
  Result<bool> prune(const AuditCheckpoint& anchor) override;
  Result<bool> replace_signatures(const AuditState& expected, const std::optional<AuditCheckpoint>& checkpoint,
                                  const std::optional<AuditCheckpoint>& anchor) override;

 private:
  std::mutex mutex_;
  std::vector<AuditRecord> records_;
  AuditState state_;
};

}  // namespace cardea
