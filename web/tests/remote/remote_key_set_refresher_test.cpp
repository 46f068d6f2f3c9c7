#include <gtest/gtest.h>

#include <atomic>
#include <cardea/web/remote/remote_key_set_refresher.hpp>
#include <latch>
#include <new>
#include <string>

namespace cardea::web {
namespace {

using namespace std::chrono_literals;

const Instant kNoon = parse_instant("2026-01-01T12:00:00Z").value();

// Hangs in its first fetch until it is interrupted, if told so; otherwise fails.
class FailingFetcher final : public KeySetFetcher {
 public:
  struct Seen {
    std::atomic<int> calls = 0;
    std::atomic<bool> has_no_memory = false;  // once
    std::latch hanging{1};
    std::latch interrupted{1};
  };

  FailingFetcher(Seen& seen, bool hangs) : seen_(seen), hangs_(hangs) {}

  Result<FetchedKeySet> fetch(std::string_view) override {
    ++seen_.calls;
    seen_.calls.notify_all();
    if (seen_.has_no_memory.exchange(false)) throw std::bad_alloc();
    if (hangs_) {
      seen_.hanging.count_down();
      seen_.interrupted.wait();
    }
    return failure(ErrorCode::key_set_unavailable, PrivateText{"connection refused"});
  }
  void interrupt() noexcept override { seen_.interrupted.count_down(); }

 private:
  Seen& seen_;
  bool hangs_;
};

void wait_for_calls(const FailingFetcher::Seen& seen, int calls) {
  for (int now = 0; (now = seen.calls.load()) < calls;) seen.calls.wait(now);
}

TEST(RemoteKeySetRefresher, FetchesAtOnceAndAgainWhenItIsDue) {
  FailingFetcher::Seen seen;
  ManualClock clock{kNoon};
  const RemoteKeySetRefresher refresher{
      std::make_shared<RemoteKeySet>(std::make_unique<FailingFetcher>(seen, false)), clock, {}, 1ms};
  wait_for_calls(seen, 1);
  clock.advance(1s);
  wait_for_calls(seen, 2);
  EXPECT_EQ(seen.calls, 2);
}

TEST(RemoteKeySetRefresher, FetchesAgainWhereThereWasNoMemory) {
  FailingFetcher::Seen seen;
  seen.has_no_memory = true;
  ManualClock clock{kNoon};
  std::string told;
  const auto keep_the_first = [&](const Error& error) {
    if (told.empty()) told = error.private_text();
  };
  const RemoteKeySetRefresher refresher{std::make_shared<RemoteKeySet>(std::make_unique<FailingFetcher>(seen, false)),
                                        clock, keep_the_first, 1ms};
  wait_for_calls(seen, 1);
  clock.advance(1s);
  wait_for_calls(seen, 2);
  EXPECT_EQ(told, "out of memory");
}

TEST(RemoteKeySetRefresher, TellsEachFailure) {
  FailingFetcher::Seen seen;
  const ManualClock clock{kNoon};
  std::string told;
  std::latch was_told{1};
  const auto on_failure = [&](const Error& error) {
    told = error.private_text();
    was_told.count_down();
  };
  const RemoteKeySetRefresher refresher{std::make_shared<RemoteKeySet>(std::make_unique<FailingFetcher>(seen, false)),
                                        clock, on_failure, 1ms};
  was_told.wait();
  EXPECT_EQ(told, "connection refused");
}

TEST(RemoteKeySetRefresher, InterruptsTheFetchThatRunsAtItsEnd) {
  FailingFetcher::Seen seen;
  const ManualClock clock{kNoon};
  int told = 0;
  {
    const RemoteKeySetRefresher refresher{std::make_shared<RemoteKeySet>(std::make_unique<FailingFetcher>(seen, true)),
                                          clock, [&](const Error&) { ++told; }};
    seen.hanging.wait();
  }
  EXPECT_EQ(seen.calls, 1);
  EXPECT_EQ(told, 0);
}

}  // namespace
}  // namespace cardea::web
