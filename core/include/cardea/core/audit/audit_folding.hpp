// Makes few rows of many failures, so that an attack cannot fill the disk: of equal failures the first one is a row at
// once, and those that follow within a window are counted and become one row at its end.
//
// Equal are failures of one kind, for one reason, from one address and about one subject. Three limits make the number
// of rows depend on nothing that an attacker can choose: of one address only some subjects are told apart, the rest
// share rows without a subject; in a window only some new rows are made, the rest share rows without an address, one
// for each kind and reason.
//
// Time is an argument. Not thread-safe.
#pragma once

#include <cardea/core/audit/audit_record.hpp>
#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

namespace cardea {

struct AuditFoldingLimits {
  std::chrono::seconds window{60};
  std::size_t subjects_of_an_address = 16;
  std::size_t rows_in_a_window = 300;
};

class AuditFolding {
 public:
  explicit AuditFolding(AuditFoldingLimits limits = {}) : limits_(limits) {}

  // What is to be written now: a success always, a failure if it is the first of its kind. Nothing: it is counted.
  std::optional<FoldedEvent> add(const AuditEvent& event, Instant now);

  // What has been counted in windows that are over.
  std::vector<FoldedEvent> take_due(Instant now);

  // What has been counted until now, whenever its window ends.
  std::vector<FoldedEvent> take_all();

  // How many kinds of failures are told apart now: bounded by the limits.
  std::size_t size() const noexcept { return counted_.size(); }

 private:
  // Subject and address '': shared.
  struct Kind {
    AuditAction action{};
    ErrorCode reason{};
    std::string address;
    std::string subject;
    friend auto operator<=>(const Kind&, const Kind&) = default;
  };
  struct Counted {
    Instant ends_at{};                  // of the window
    std::optional<FoldedEvent> folded;  // since the last row
  };

  // Takes one of the rows that the window has for kinds of their own.
  bool may_tell_apart(Instant now);
  std::size_t subjects_of(const Kind& kind) const;

  AuditFoldingLimits limits_;
  std::map<Kind, Counted> counted_;
  Instant budget_ends_at_{};
  std::size_t rows_left_ = 0;
};

}  // namespace cardea
