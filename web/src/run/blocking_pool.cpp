#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/execution/context.hpp>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/query.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/circular_buffer.hpp>
#include <cardea/web/run/blocking_pool.hpp>
#include <condition_variable>
#include <mutex>
#include <new>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "run/waiting_coroutines.hpp"

namespace cardea::web {
namespace {

namespace asio = boost::asio;
using SteadyTime = std::chrono::steady_clock::time_point;

constexpr int kNiceness = 5;
constexpr std::chrono::milliseconds kPauseWithoutMemory{1};

struct Waiting {
  std::shared_ptr<detail::BlockingJob> job;
  WaitingCoroutines::Ticket ticket;
  SteadyTime arrived;
};

Done refused(const char* why) try {
  return failure(Error{ErrorCode::service_unavailable, PrivateText{why}}.with_retry_after(std::chrono::seconds{1}));
} catch (const std::bad_alloc&) {
  return failure(ErrorCode::service_unavailable);
}

// What is left of a coroutine when its job is over. Has its memory beforehand: the pool's thread needs next to none.
template <class Handler>
struct Rest {
  explicit Rest(Handler way_back) : handler(std::move(way_back)) {}
  void go_on() {
    auto going_on = *std::exchange(handler, std::nullopt);
    std::move(going_on)(std::move(outcome));
  }

  std::optional<Handler> handler;
  Done outcome{};
};

// Nobody else would wake who waits there: tries until there is the memory for it.
template <class Executor, class Handler>
void post(const Executor& executor, const std::shared_ptr<Rest<Handler>>& rest) {
  for (;;) {
    try {
      return asio::post(executor, [rest] { rest->go_on(); });
    } catch (const std::bad_alloc&) {
      std::this_thread::sleep_for(kPauseWithoutMemory);
    }
  }
}

// Best effort: where it is not allowed the threads compete as equals.
void yield_to_io_threads() {
  const sched_param none{};
  static_cast<void>(::pthread_setschedparam(::pthread_self(), SCHED_BATCH, &none));
  static_cast<void>(::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kNiceness));
}

}  // namespace

class BlockingPool::Threads {
 public:
  explicit Threads(BlockingPoolOptions options) : options_(options) {
    const unsigned count = options_.threads != 0 ? options_.threads : std::max(1U, std::thread::hardware_concurrency());
    queue_.set_capacity(options_.queue_length + count);  // one for each idle thread
    for (unsigned i = 0; i < count; ++i) workers_.emplace_back([this] { work(); });
    sweeper_ = std::jthread([this] { sweep(); });
  }

  ~Threads() {
    boost::circular_buffer<Waiting> waiting;
    {
      const std::lock_guard lock(mutex_);
      closing_ = true;
      waiting.swap(queue_);
    }
    work_arrived_.notify_all();
    queue_began_.notify_all();
    for (auto& one : waiting) one.ticket.resume(refused("the blocking pool is closing"));
  }

  void submit(std::shared_ptr<detail::BlockingJob> job, WaitingCoroutines::Ticket ticket) {
    const auto arrived = std::chrono::steady_clock::now();
    const char* refusal = nullptr;
    bool first = false;
    {
      const std::lock_guard lock(mutex_);
      if (closing_) {
        refusal = "the blocking pool is closing";
      } else if (queue_.size() >= options_.queue_length + idle_) {
        refusal = "the blocking pool's queue is full";
        ++state_.refused_full;
      } else {
        first = queue_.empty();
        queue_.push_back({std::move(job), ticket, arrived});
      }
    }
    if (refusal != nullptr) return ticket.resume(refused(refusal));
    work_arrived_.notify_one();
    if (first) queue_began_.notify_one();
  }

  State state() const {
    const std::lock_guard lock(mutex_);
    auto state = state_;
    state.threads = workers_.size();
    state.waiting = queue_.size();
    return state;
  }

  HistogramReading waits() const { return waits_.read(); }

 private:
  void work() {
    yield_to_io_threads();
    std::unique_lock lock(mutex_);
    for (;;) {
      ++idle_;
      work_arrived_.wait(lock, [this] { return closing_ || !queue_.empty(); });
      --idle_;
      if (queue_.empty()) return;
      Waiting next = std::move(queue_.front());
      queue_.pop_front();
      ++state_.running;
      lock.unlock();
      waits_.observe(std::chrono::steady_clock::now() - next.arrived);
      next.job->perform();
      next.ticket.resume({});
      next = {};
      lock.lock();
      --state_.running;
    }
  }

  // Refuses what has waited too long. The queue is in the order of arrival, so its front is the first to expire.
  void sweep() {
    std::unique_lock lock(mutex_);
    while (!closing_) {
      if (queue_.empty()) {
        queue_began_.wait(lock);
        continue;
      }
      const SteadyTime latest_start = queue_.front().arrived + options_.longest_wait;
      if (std::chrono::steady_clock::now() < latest_start) {
        queue_began_.wait_until(lock, latest_start);
        continue;
      }
      Waiting late = std::move(queue_.front());
      queue_.pop_front();
      ++state_.refused_late;
      lock.unlock();
      late.ticket.resume(refused("no thread of the blocking pool was free in time"));
      late = {};
      lock.lock();
    }
  }

  const BlockingPoolOptions options_;
  DurationHistogram waits_;
  mutable std::mutex mutex_;
  std::condition_variable work_arrived_;
  std::condition_variable queue_began_;
  boost::circular_buffer<Waiting> queue_;  // never full: it would forget its front
  std::size_t idle_ = 0;
  State state_;  // but for what is known otherwise
  bool closing_ = false;
  std::vector<std::jthread> workers_;
  std::jthread sweeper_;
};

BlockingPool::BlockingPool(BlockingPoolOptions options) : threads_(std::make_unique<Threads>(options)) {}
BlockingPool::~BlockingPool() = default;

BlockingPool::State BlockingPool::state() const { return threads_->state(); }
HistogramReading BlockingPool::waits() const { return threads_->waits(); }

Task<Done> BlockingPool::perform(std::shared_ptr<detail::BlockingJob> job) {
  const auto submit = [](auto handler, Threads* threads, std::shared_ptr<detail::BlockingJob> work) {
    const auto executor = asio::get_associated_executor(handler);
    auto& waiting = asio::use_service<WaitingCoroutines>(asio::query(executor, asio::execution::context));
    auto resume = [rest = std::make_shared<Rest<decltype(handler)>>(std::move(handler)),
                   kept_running = asio::prefer(executor, asio::execution::outstanding_work.tracked)](Done outcome) {
      rest->outcome = std::move(outcome);
      post(kept_running, rest);
    };
    threads->submit(std::move(work), waiting.add(std::move(resume)));
  };
  co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Done)>(submit, asio::use_awaitable,
                                                                                     threads_.get(), std::move(job));
}

}  // namespace cardea::web
