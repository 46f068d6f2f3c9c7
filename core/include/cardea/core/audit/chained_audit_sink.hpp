// The audit sink of a server: events go into the audit log by a thread of their own, many at once.
//
// A change that has succeeded (an account, a role, a key, a client, the end of a session) is durable when `record`
// returns. Every other event waits in a bounded queue, and nobody waits for it; failures are folded
// (audit_folding.hpp).
//
// When the log cannot be written: a change stands all the same, `record` returns after the first try, and the event is
// tried again until it is written. Other events are kept as long as the queue has room; those for which there is none
// are counted, and the count becomes a row, audit_events_lost, as soon as there is a log again.
#pragma once

#include <cardea/core/audit/audit_event.hpp>
#include <cardea/core/audit/audit_folding.hpp>
#include <cardea/core/audit/audit_log.hpp>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

namespace cardea {

struct ChainedAuditSinkOptions {
  AuditFoldingLimits folding{};
  std::size_t most_waiting = 16384;      // events
  std::size_t most_at_once = 512;        // in one transaction
  std::chrono::milliseconds linger{50};  // for more events, where nobody waits
  std::chrono::milliseconds retry{500};
  // How long `record` waits at the most.
  std::chrono::milliseconds patience{10'000};
};

class ChainedAuditSink final : public AuditSink {
 public:
  // `lines` is told of every event, at once and unfolded. `complain` is given a sentence when the log cannot be
  // written, and when it can be again; thread-safe, it throws nothing. What is given outlives this.
  ChainedAuditSink(AuditLog& log, const Clock& clock, std::shared_ptr<AuditSink> lines,
                   std::function<void(const std::string& sentence)> complain,
                   const ChainedAuditSinkOptions& options = {});
  // Tries once more to write all that is left, windows that are not over included.
  ~ChainedAuditSink() override;
  ChainedAuditSink(const ChainedAuditSink&) = delete;
  ChainedAuditSink& operator=(const ChainedAuditSink&) = delete;

  void record(const AuditEvent& event) noexcept override;
  // The same for many: they wait for one commit.
  void record_all(std::span<const AuditEvent> events) noexcept override;

  // Returns when everything that was recorded before is written, or one try has failed. What is folded stays so.
  void flush();

  // Since when the log cannot be written; empty: it can.
  std::optional<Instant> failing_since() const;

  struct State {
    std::size_t waiting = 0;              // rows that are not written yet, but for what is folded
    std::uint64_t failures = 0;           // tries to write that failed, until now
    std::uint64_t lost = 0;               // events that there was no room or no memory for, until now
    std::optional<Instant> last_written;  // empty: nothing yet
  };
  State state() const;

 private:
  // With the lock held.
  void queue(const AuditEvent& event, Instant now);
  void queue(const FoldedEvent& event, std::size_t room);
  void queue_due();
  void queue_rest();
  void queue_all(const std::vector<FoldedEvent>& events);
  void lose(Instant at, std::uint64_t count, Instant until);
  void wait_until_settled(std::unique_lock<std::mutex>& lock);
  void settle_written(std::size_t count);
  void settle_failed(const Error& error);
  template <class Sentence>
  void say(Sentence sentence) noexcept;
  // False: they wait on. Lets the lock go meanwhile, as append_first() does.
  bool write_some(std::unique_lock<std::mutex>& lock);
  Done append_first(std::size_t count, std::unique_lock<std::mutex>& lock);

  void work();

  AuditLog& log_;
  const Clock& clock_;
  std::shared_ptr<AuditSink> lines_;
  std::function<void(const std::string&)> complain_;
  const ChainedAuditSinkOptions options_;

  mutable std::mutex mutex_;
  std::condition_variable to_do_;
  std::condition_variable settled_;
  AuditFolding folding_;
  std::deque<FoldedEvent> waiting_;
  std::optional<FoldedEvent> lost_;
  std::uint64_t queued_ = 0;    // events until now
  std::uint64_t written_ = 0;   // of them
  std::uint64_t failures_ = 0;  // tries
  std::uint64_t lost_events_ = 0;
  std::optional<Instant> last_written_;
  std::optional<Instant> failing_since_;
  bool urgent_ = false;
  bool stopping_ = false;
  std::thread thread_;  // last: it uses all of these
};

}  // namespace cardea
