#include <algorithm>
#include <cardea/core/audit/chained_audit_sink.hpp>
#include <cstdio>
#include <new>
#include <utility>

namespace cardea {
namespace {

constexpr const char* kLoss =
    "audit events are lost, since too many wait for an audit log that cannot be written, or there is no memory for "
    "them";

std::string sentence_of(const Error& error, std::size_t waiting) {
  return "the audit log cannot be written: " + std::string(name_of(error.code())) + ": " +
         std::string(error.private_text()) + "; " + std::to_string(waiting) + " events wait";
}

AuditEvent loss_at(Instant at) {
  return {.at = at,
          .action = AuditAction::audit_events_lost,
          .subject = {},
          .origin = {},
          .reason = ErrorCode::store_unavailable};
}

}  // namespace

ChainedAuditSink::ChainedAuditSink(AuditLog& log, const Clock& clock, std::shared_ptr<AuditSink> lines,
                                   std::function<void(const std::string&)> complain,
                                   const ChainedAuditSinkOptions& options)
    : log_(log),
      clock_(clock),
      lines_(std::move(lines)),
      complain_(std::move(complain)),
      options_(options),
      folding_(options.folding),
      thread_([this] { work(); }) {}

ChainedAuditSink::~ChainedAuditSink() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
  }
  to_do_.notify_one();
  thread_.join();
}

void ChainedAuditSink::record(const AuditEvent& event) noexcept { record_all({&event, 1}); }

void ChainedAuditSink::record_all(std::span<const AuditEvent> events) noexcept {
  for (const auto& event : events) lines_->record(event);
  const auto now = clock_.now();
  std::unique_lock lock{mutex_};
  for (const auto& event : events) queue(event, now);
  if (std::ranges::any_of(events, is_lasting_change)) wait_until_settled(lock);
}

void ChainedAuditSink::flush() {
  std::unique_lock lock{mutex_};
  wait_until_settled(lock);
}

std::optional<Instant> ChainedAuditSink::failing_since() const {
  const std::lock_guard lock{mutex_};
  return failing_since_;
}

ChainedAuditSink::State ChainedAuditSink::state() const {
  const std::lock_guard lock{mutex_};
  return {.waiting = waiting_.size(), .failures = failures_, .lost = lost_events_, .last_written = last_written_};
}

void ChainedAuditSink::queue(const AuditEvent& event, Instant now) try {
  const auto folded = folding_.add(event, now);
  if (folded) queue(*folded, is_lasting_change(event) ? 2 * options_.most_waiting : options_.most_waiting);
} catch (const std::bad_alloc&) {
  lose(event.at, 1, event.at);
}

void ChainedAuditSink::queue(const FoldedEvent& event, std::size_t room) try {
  if (waiting_.size() >= room) return lose(event.event.at, event.count, event.until);
  waiting_.push_back(event);
  ++queued_;
  if (waiting_.size() == options_.most_at_once) to_do_.notify_one();
} catch (const std::bad_alloc&) {
  lose(event.event.at, event.count, event.until);
}

void ChainedAuditSink::lose(Instant at, std::uint64_t count, Instant until) {
  const bool is_first = !lost_;
  if (is_first) lost_ = FoldedEvent{.event = loss_at(at), .count = 0, .until = until};
  lost_->count += count;
  lost_events_ += count;
  lost_->until = std::max(lost_->until, until);
  if (is_first) say([] { return std::string{kLoss}; });
}

template <class Sentence>
void ChainedAuditSink::say(Sentence sentence) noexcept {
  try {
    complain_(sentence());
  } catch (const std::bad_alloc&) {
    std::fputs("the audit log is in trouble, and there is no memory to say which\n", stderr);
  }
}

void ChainedAuditSink::wait_until_settled(std::unique_lock<std::mutex>& lock) {
  const auto ticket = queued_;
  const auto failures = failures_;
  urgent_ = true;
  to_do_.notify_one();
  settled_.wait_for(lock, options_.patience, [&] { return written_ >= ticket || failures_ != failures; });
}

void ChainedAuditSink::work() {
  std::unique_lock lock{mutex_};
  while (!stopping_) {
    to_do_.wait_for(lock, options_.linger,
                    [this] { return stopping_ || urgent_ || waiting_.size() >= options_.most_at_once; });
    queue_due();
    urgent_ = false;
    if (waiting_.empty() || write_some(lock)) continue;
    to_do_.wait_for(lock, options_.retry, [this] { return stopping_; });
  }
  queue_rest();
  while (!waiting_.empty()) {
    if (write_some(lock)) continue;
    return say([this] { return std::to_string(waiting_.size()) + " audit events could not be written"; });
  }
}

void ChainedAuditSink::queue_due() try { queue_all(folding_.take_due(clock_.now())); } catch (const std::bad_alloc&) {
  return;  // they are due the next time as well
}

void ChainedAuditSink::queue_rest() try { queue_all(folding_.take_all()); } catch (const std::bad_alloc&) {
  say([] { return std::string{"audit events that were counted could not be written"}; });
}

void ChainedAuditSink::queue_all(const std::vector<FoldedEvent>& events) {
  for (const auto& event : events) queue(event, options_.most_waiting);
}

bool ChainedAuditSink::write_some(std::unique_lock<std::mutex>& lock) {
  const auto count = std::min(waiting_.size(), options_.most_at_once);
  const auto written = append_first(count, lock);
  written ? settle_written(count) : settle_failed(written.error());
  settled_.notify_all();
  return written.has_value();
}

Done ChainedAuditSink::append_first(std::size_t count, std::unique_lock<std::mutex>& lock) try {
  const std::vector<FoldedEvent> batch(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(count));
  lock.unlock();
  const auto written = log_.append(batch, clock_.now());
  lock.lock();
  return written;
} catch (const std::bad_alloc&) {
  if (!lock.owns_lock()) lock.lock();
  return failure(ErrorCode::store_unavailable, PrivateText{"out of memory"});
}

void ChainedAuditSink::settle_written(std::size_t count) {
  waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(count));
  written_ += count;
  last_written_ = clock_.now();
  if (std::exchange(failing_since_, std::nullopt)) say([] { return std::string{"the audit log is written again"}; });
  if (const auto lost = std::exchange(lost_, std::nullopt)) queue(*lost, 2 * options_.most_waiting);
}

void ChainedAuditSink::settle_failed(const Error& error) {
  ++failures_;
  if (failing_since_) return;
  failing_since_ = clock_.now();
  say([&] { return sentence_of(error, waiting_.size()); });
}

}  // namespace cardea
