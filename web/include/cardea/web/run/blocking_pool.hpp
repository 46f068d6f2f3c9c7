// Threads for what blocks (password hashing, SQL, a handler marked `.blocking()`), so that no I/O thread ever waits.
// The queue is bounded in length and in time: what does not fit is refused, never kept waiting.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cardea/core/metrics/histogram.hpp>
#include <cardea/web/http/service.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace cardea::web {

struct BlockingPoolOptions {
  unsigned threads = 0;           // 0: one a core
  std::size_t queue_length = 64;  // jobs that wait for a thread; one more is refused at once
  // A job that has not begun by then is refused: the client knows within two seconds.
  std::chrono::milliseconds longest_wait{1900};
};

namespace detail {

// What a thread of the pool performs once; the outcome lies in the derived type. Never throws.
class BlockingJob {
 public:
  virtual ~BlockingJob() = default;
  virtual void perform() noexcept = 0;
};

template <class T>
struct FlattenedResult {
  using type = Result<T>;
};
template <class T>
struct FlattenedResult<Result<T>> {
  using type = Result<T>;
};

template <class F>
class BlockingJobOf final : public BlockingJob {
 public:
  using Outcome = typename FlattenedResult<std::invoke_result_t<F&>>::type;

  explicit BlockingJobOf(F work) : work_(std::move(work)) {}

  void perform() noexcept override {
    try {
      if constexpr (std::is_void_v<std::invoke_result_t<F&>>) {
        std::invoke(*work_);
        outcome_.emplace();
      } else {
        outcome_.emplace(std::invoke(*work_));
      }
    } catch (...) {
      exception_ = std::current_exception();
    }
    work_.reset();
  }

  Outcome take() {
    if (exception_) std::rethrow_exception(std::exchange(exception_, nullptr));
    return std::move(*outcome_);
  }

 private:
  std::optional<F> work_;
  std::optional<Outcome> outcome_;
  std::exception_ptr exception_;
};

}  // namespace detail

// Its threads run at a lower priority than the I/O threads where the system allows it. Thread-safe.
class BlockingPool {
 public:
  explicit BlockingPool(BlockingPoolOptions options = {});
  // Refuses what waits and blocks until what runs has ended.
  ~BlockingPool();
  BlockingPool(const BlockingPool&) = delete;
  BlockingPool& operator=(const BlockingPool&) = delete;

  // Performs job() on a thread of the pool and resumes on the executor of the awaiting coroutine, whatever that is. A
  // job that returns Result<T> gives Result<T>, one that returns T or nothing gives Result<T> or Done. Error:
  // service_unavailable with retry_after 1 when the queue is full, the wait too long or the pool closing. What the job
  // throws is thrown to the awaiting coroutine.
  //
  // Once begun a job runs to its end and keeps its thread, even if nobody waits for it any more: it has to own what it
  // uses.
  template <class F>
  Task<typename detail::BlockingJobOf<F>::Outcome> run(F job) {
    auto shared = std::make_shared<detail::BlockingJobOf<F>>(std::move(job));
    Done performed = co_await perform(shared);
    if (!performed) co_return failure(std::move(performed).error());
    co_return shared->take();
  }

  struct State {
    std::size_t threads = 0;
    std::size_t running = 0;         // jobs
    std::size_t waiting = 0;         // jobs, for a thread
    std::uint64_t refused_full = 0;  // until now, since the queue was full
    std::uint64_t refused_late = 0;  // until now, after the longest wait
  };
  State state() const;
  // How long the jobs waited that have begun.
  HistogramReading waits() const;

 private:
  class Threads;

  Task<Done> perform(std::shared_ptr<detail::BlockingJob> job);

  std::unique_ptr<Threads> threads_;
};

}  // namespace cardea::web
