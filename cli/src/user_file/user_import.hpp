// Brings rows into a user store, many at a time, and says what became of each.
#pragma once

#include <cardea/core/audit/audit_event.hpp>
#include <functional>
#include <string>
#include <unordered_set>
#include <vector>

#include "user_file/imported_row.hpp"

namespace cardea::cli {

struct ImportCounts {
  std::size_t added = 0;
  std::size_t already_there = 0;  // with all that the file says of it
  std::size_t refused = 0;
};

struct RefusedLine {
  std::size_t number = 0;
  std::string username;  // as it stands in the file
  std::string reason;
};

class UserImport {
 public:
  // As many rows as one transaction has.
  static constexpr std::size_t kBatch = 1000;

  enum class Mode : unsigned char { write, dry_run };

  // Each batch that adds users leaves one audit event, which says how many, and so does one that cannot be stored.
  // `on_refusal` is called in the order of the lines. `users` and `audit` outlive this.
  UserImport(UserStore& users, AuditSink& audit, Mode mode, Instant now,
             std::function<void(const RefusedLine&)> on_refusal)
      : users_(users), audit_(audit), mode_(mode), now_(now), on_refusal_(std::move(on_refusal)) {}

  // Errors: those of the store; what has been counted until then stays.
  Done add(std::size_t line, ImportedRow row);
  Done refuse(std::size_t line, std::string username, const Error& error);
  // After the last one.
  Done finish();

  const ImportCounts& counts() const noexcept { return counts_; }

 private:
  Result<std::vector<bool>> store();
  Result<std::vector<bool>> pretend_to_store();
  Result<bool> is_there(const ImportedRow& row);
  Done sort_out_taken(std::size_t line, const ImportedRow& row);
  void record(const Result<std::vector<bool>>& added);
  Done flush_if_full();

  UserStore& users_;
  AuditSink& audit_;
  Mode mode_;
  Instant now_;
  std::function<void(const RefusedLine&)> on_refusal_;
  ImportCounts counts_;
  std::vector<std::size_t> lines_;
  std::vector<ImportedRow> rows_;
  std::vector<RefusedLine> refused_;
  std::unordered_set<std::string> pretended_;
};

}  // namespace cardea::cli
