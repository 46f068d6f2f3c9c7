#include "database/connection_pool.hpp"

#include <algorithm>
#include <random>
#include <thread>

#include "database/failure_of.hpp"
#include "database/write_transaction.hpp"

namespace cardea::sql {
namespace {

using std::chrono::steady_clock;

constexpr int kMostAttempts = 8;

std::size_t leased_at_most(const DatabaseUrl& url, const DatabaseOptions& options) {
  return url.in_memory() ? 1 : std::max<std::size_t>(options.connections, 1);
}

// A file's connections cost little, and a database in memory lives as long as its connection.
std::size_t leased_at_first(const DatabaseUrl& url, const DatabaseOptions& options, ConnectionPool::Start start) {
  if (url.dialect() == Dialect::sqlite) return leased_at_most(url, options);
  return start == ConnectionPool::Start::connected ? 1 : 0;
}

std::vector<std::unique_ptr<Connection>> opened(std::size_t count, const ConnectionSet::Open& open) {
  std::vector<std::unique_ptr<Connection>> all(count);
  std::ranges::generate(all, open);
  return all;
}

// Two that met do not meet again at the same moment.
void pause_before(int attempt) {
  thread_local std::minstd_rand random{std::random_device{}()};
  std::uniform_int_distribution<int> microseconds{0, 1000 << attempt};
  std::this_thread::sleep_for(std::chrono::microseconds{microseconds(random)});
}

}  // namespace

// A connection for the time of one call.
class ConnectionPool::Lease {
 public:
  Lease(ConnectionPool& pool, std::unique_ptr<Connection> connection) : Lease(std::move(connection), pool) {
    if (pool_->watchdog_) pool_->watchdog_->watch(*connection_);  // if that throws, the connection is given back
  }
  Lease(Lease&&) noexcept = default;
  Lease& operator=(Lease&&) = delete;
  ~Lease() {
    if (!connection_) return;
    if (pool_->watchdog_ && pool_->watchdog_->forget(*connection_)) connection_->give_up();
    pool_->leased_.give_back(std::move(connection_));
  }

  Connection& connection() const noexcept { return *connection_; }

 private:
  Lease(std::unique_ptr<Connection> connection, ConnectionPool& pool) noexcept
      : pool_(&pool), connection_(std::move(connection)) {}

  ConnectionPool* pool_;
  std::unique_ptr<Connection> connection_;
};

ConnectionPool::ConnectionPool(const DatabaseUrl& url, const DatabaseOptions& options, Start start)
    : url_(url),
      options_(options),
      watchdog_(dialect() == Dialect::sqlite ? nullptr : std::make_unique<ConnectionWatchdog>(options.answer_patience)),
      leased_(url, opened(leased_at_first(url, options, start), [this] { return open(); }),
              leased_at_most(url, options), [this] { return open(); }),
      commits_([this](const auto& use) { with_writer(use); }, options.lock_patience) {
  if (dialect() != Dialect::sqlite || url_.in_memory() || options.read_only) return;
  writer_ = open();
  watcher_ = open();
}

std::unique_ptr<Connection> ConnectionPool::open_patient() const {
  auto options = options_;
  options.answer_patience = options.lock_patience = std::chrono::milliseconds{0};  // PostgreSQL: no limit
  return std::make_unique<Connection>(url_, options);
}

Result<ConnectionPool::Lease> ConnectionPool::lease() {
  auto connection = leased_.take();
  if (!connection) return failure(std::move(connection).error());
  return Lease{*this, *std::move(connection)};
}

void ConnectionPool::with_writer(const Use& use) {
  if (writer_) return use(*writer_);
  const auto leased = lease();
  use(leased->connection());
}

DatabaseState ConnectionPool::state() const {
  DatabaseState state{.connections = leased_.state(), .waiting_writes = commits_.waiting(), .failures = {}};
  for (const auto code : all_error_codes()) {
    if (const auto count = failures_.value(code)) state.failures.emplace_back(code, count);
  }
  return state;
}

Done ConnectionPool::counted(Done done) {
  if (!done) failures_.add(done.error().code());
  return done;
}

Done ConnectionPool::read(const Use& use) {
  return counted(attempt([&](Connection& connection, bool&) { use(connection); }));
}

Done ConnectionPool::commit(const GroupCommit::Work& work) {
  if (dialect() == Dialect::sqlite) return counted(commits_.run(work));
  return counted(attempt([&](Connection& connection, bool& reached_commit) {
    WriteTransaction transaction{connection};
    if (!work(connection)) return;
    reached_commit = true;
    transaction.commit();
  }));
}

Done ConnectionPool::attempt(const Attempt& once) {
  const auto deadline = steady_clock::now() + options_.answer_patience;
  for (int number = 1;; ++number) {
    bool goes_on = false;
    auto done = attempt_once(once, number, goes_on);
    if (done || !goes_on || steady_clock::now() >= deadline) return done;
    pause_before(number);
  }
}

// Sets `goes_on` where another attempt may succeed, and nothing can have been changed by this one.
Done ConnectionPool::attempt_once(const Attempt& once, int number, bool& goes_on) {
  const auto leased = lease();
  if (!leased) return failure(leased.error());
  auto& connection = leased->connection();
  bool reached_commit = false;
  try {
    once(connection, reached_commit);
    return {};
  } catch (const std::exception& exception) {
    auto error = failure_of(exception, connection);
    if (means_lost_connection(exception)) connection.give_up();
    const bool is_lost = connection.is_lost();
    connection.forget_prepared();
    goes_on = is_lost ? number == 1 && !reached_commit : is_serialisation_failure(exception) && number < kMostAttempts;
    return failure(std::move(error));
  }
}

Result<ChangeVersions> ConnectionPool::changes() {
  using Changes = Result<ChangeVersions>;
  if (!watcher_) return with_connection([](Connection& connection) -> Changes { return read_changes(connection); });
  const std::lock_guard lock{watcher_mutex_};
  try {
    watcher_->check_files();
    return changes_.read(*watcher_);
  } catch (const std::exception& exception) {
    auto error = failure_of(exception, *watcher_);
    watcher_->forget_prepared();
    return failure(std::move(error));
  }
}

}  // namespace cardea::sql
