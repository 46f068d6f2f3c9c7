#include <cardea/core/audit/chained_audit_sink.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cardea/core/audit/audit_verification.hpp>
#include <cardea/core/audit/direct_audit_sink.hpp>
#include <cardea/core/audit/memory_audit_sink.hpp>
#include <cardea/core/audit/memory_audit_store.hpp>
#include <memory>
#include <new>

#include "audit/sample_audit.hpp"

namespace cardea {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

// Does not answer while it is told so.
class FailingAuditStore final : public AuditStore {
 public:
  Result<AuditState> state() override { return store.state(); }
  Result<bool> append(const AuditHead& after, std::span<const AuditRecord> records,
                      const std::optional<AuditCheckpoint>& checkpoint) override {
    ++appends;
    if (has_no_memory.exchange(false)) throw std::bad_alloc();
    if (fails) return failure(ErrorCode::store_unavailable, PrivateText{"the disk is full"});
    return store.append(after, records, checkpoint);
  }
  Result<std::vector<AuditRecord>> read(std::uint64_t after, std::size_t limit) override {
    return store.read(after, limit);
  }
  Result<AuditPage> page(const AuditFilter& filter, std::optional<std::uint64_t> before, std::size_t limit) override {
    return store.page(filter, before, limit);
  }
  Result<bool> prune(const AuditCheckpoint& anchor) override { return store.prune(anchor); }
  Result<bool> replace_signatures(const AuditState& expected, const std::optional<AuditCheckpoint>& checkpoint,
                                  const std::optional<AuditCheckpoint>& anchor) override {
    return store.replace_signatures(expected, checkpoint, anchor);
  }

  MemoryAuditStore store;
  std::atomic<bool> fails = false;
  std::atomic<bool> has_no_memory = false;  // once
  std::atomic<int> appends = 0;
};

class ChainedAuditSinkTest : public testing::Test {
 protected:
  void start(ChainedAuditSinkOptions options = {}) {
    options.retry = milliseconds{1};
    sink = std::make_unique<ChainedAuditSink>(
        log, clock, lines,
        [this](const std::string& sentence) {
          const std::lock_guard lock{complaints_mutex};
          complaints.push_back(sentence);
        },
        options);
  }
  static AuditEvent change() { return audit_success("bob", audit_noon(), AuditAction::user_disabled); }
  std::vector<AuditRecord> rows() { return store.store.read(0, 100'000).value(); }
  bool is_whole() { return !verify_audit(store, signer).value().flaw.has_value(); }
  bool has_complained_of(std::string_view part) {
    const std::lock_guard lock{complaints_mutex};
    return std::ranges::any_of(complaints, [&](const auto& sentence) { return sentence.contains(part); });
  }
  void wait_until_written() {
    while (sink->failing_since()) sink->flush();
    sink->flush();
  }

  const AuditSigner signer{audit_master_keys()};
  ManualClock clock{audit_noon()};
  FailingAuditStore store;
  AuditLog log{store, signer};
  std::shared_ptr<MemoryAuditSink> lines = std::make_shared<MemoryAuditSink>();
  std::mutex complaints_mutex;
  std::vector<std::string> complaints;
  std::unique_ptr<ChainedAuditSink> sink;
};

TEST_F(ChainedAuditSinkTest, HasWrittenAChangeWhenItReturns) {
  start({.linger = minutes{10}});
  sink->record(change());
  ASSERT_EQ(rows().size(), 1U);
  EXPECT_EQ(rows()[0].event, "user_disabled");
  EXPECT_EQ(lines->events().size(), 1U);
}

TEST_F(ChainedAuditSinkTest, WritesChangesThatHappenTogetherAtOnce) {
  start({.linger = minutes{10}});
  const std::vector<AuditEvent> events(100, change());
  sink->record_all(events);
  EXPECT_EQ(rows().size(), 100U);
  EXPECT_LE(store.appends, 2);
  EXPECT_TRUE(is_whole());
}

TEST_F(ChainedAuditSinkTest, LetsNobodyWaitForOtherEvents) {
  store.fails = true;
  start({.linger = minutes{10}});
  for (int i = 0; i < 100; ++i) sink->record(audit_success("alice"));
  sink->record(audit_failure("bob"));
  EXPECT_EQ(store.appends, 0);
  store.fails = false;
  sink->flush();
  EXPECT_EQ(rows().size(), 101U);
}

TEST_F(ChainedAuditSinkTest, WritesWhatIsLeftWhenItEnds) {
  start({.linger = minutes{10}});
  for (int i = 0; i < 2000; ++i) sink->record(audit_success("alice"));
  for (int i = 0; i < 2000; ++i) sink->record(audit_failure("bob"));
  sink.reset();
  ASSERT_EQ(rows().size(), 2002U);
  EXPECT_EQ(rows().back().count, 1999U);
  EXPECT_TRUE(is_whole());
  EXPECT_EQ(lines->events().size(), 4000U);
  EXPECT_TRUE(complaints.empty());
}

TEST_F(ChainedAuditSinkTest, WritesWhatItHasCountedWhenTheWindowIsOver) {
  start({.linger = milliseconds{1}});
  for (int i = 0; i < 10; ++i) sink->record(audit_failure("bob"));
  sink->flush();
  EXPECT_EQ(rows().size(), 1U);
  clock.advance(seconds{60});
  while (rows().size() < 2) sink->flush();
  EXPECT_EQ(rows()[1].count, 9U);
}

TEST_F(ChainedAuditSinkTest, LetsAChangeStandThatCannotBeWrittenAndWritesItLater) {
  store.fails = true;
  start();
  sink->record(change());
  EXPECT_TRUE(rows().empty());
  EXPECT_EQ(lines->events().size(), 1U);
  EXPECT_EQ(sink->failing_since(), audit_noon());
  EXPECT_TRUE(has_complained_of("store_unavailable: the disk is full; 1 events wait"));
  store.fails = false;
  wait_until_written();
  EXPECT_EQ(rows().size(), 1U);
  EXPECT_EQ(sink->failing_since(), std::nullopt);
  EXPECT_TRUE(has_complained_of("the audit log is written again"));
}

TEST_F(ChainedAuditSinkTest, LetsAChangeStandThatThereIsNoMemoryToWriteAndWritesItLater) {
  store.has_no_memory = true;
  start();
  sink->record(change());
  EXPECT_TRUE(has_complained_of("store_unavailable: out of memory; 1 events wait"));
  wait_until_written();
  EXPECT_EQ(rows().size(), 1U);
  EXPECT_TRUE(is_whole());
}

TEST_F(ChainedAuditSinkTest, CountsWhatItHasNoRoomFor) {
  store.fails = true;
  start({.most_waiting = 10, .linger = minutes{10}});
  for (int i = 0; i < 25; ++i) sink->record(audit_success("alice"));
  sink->record(change());
  EXPECT_TRUE(has_complained_of("audit events are lost"));
  store.fails = false;
  wait_until_written();
  const auto written = rows();
  ASSERT_EQ(written.size(), 12U);
  EXPECT_EQ(written[10].event, "user_disabled") << "there is room for changes";
  EXPECT_EQ(written[11].event, "audit_events_lost");
  EXPECT_EQ(written[11].count, 15U);
  EXPECT_TRUE(is_whole());
}

TEST_F(ChainedAuditSinkTest, SaysWhatItCouldNotWriteWhenItEnds) {
  store.fails = true;
  start({.linger = minutes{10}});
  for (int i = 0; i < 3; ++i) sink->record(audit_success("alice"));
  sink.reset();
  EXPECT_TRUE(has_complained_of("3 audit events could not be written"));
}

TEST_F(ChainedAuditSinkTest, MakesOneChainOfManyThreads) {
  start({.most_at_once = 7, .linger = milliseconds{1}});
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) {
        sink->record(audit_success("alice"));
        sink->record(change());
      }
    });
  }
  threads.clear();
  sink->flush();
  EXPECT_EQ(rows().size(), 400U);
  EXPECT_TRUE(is_whole());
}

TEST_F(ChainedAuditSinkTest, MakesFewRowsOfAHundredThousandFailedLogins) {
  start({.linger = milliseconds{1}});
  for (int i = 0; i < 100'000; ++i) {
    if (i % 1000 == 0) clock.advance(seconds{1});
    sink->record(audit_failure("user-" + std::to_string(i), clock.now()));
  }
  sink.reset();
  EXPECT_LE(rows().size(), 60U) << "two windows of seventeen, and what was counted in them";
  std::uint64_t count = 0;
  for (const auto& row : rows()) count += row.count;
  EXPECT_EQ(count, 100'000U);
  EXPECT_TRUE(is_whole());
}

TEST_F(ChainedAuditSinkTest, IsNotNeededByAProgramThatDoesOneThing) {
  std::vector<Error> errors;
  DirectAuditSink direct{log, lines, [&](const Error& error) { errors.push_back(error); }};
  direct.record(change());
  direct.record_all(std::vector{change(), change()});
  direct.record_all({});
  EXPECT_EQ(rows().size(), 3U);
  EXPECT_EQ(lines->events().size(), 3U);
  store.fails = true;
  direct.record(change());
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].code(), ErrorCode::store_unavailable);
}

TEST(LastingChange, IsASuccessThatLeavesSomethingBehind) {
  EXPECT_TRUE(is_lasting_change(audit_success("bob", audit_noon(), AuditAction::password_changed)));
  EXPECT_TRUE(is_lasting_change(audit_success("bob", audit_noon(), AuditAction::session_ended)));
  EXPECT_FALSE(is_lasting_change(audit_success("bob", audit_noon(), AuditAction::session_refreshed)));
  EXPECT_FALSE(is_lasting_change(audit_success("bob", audit_noon(), AuditAction::login_succeeded)));
  auto refused = audit_failure("bob");
  refused.action = AuditAction::password_changed;
  EXPECT_FALSE(is_lasting_change(refused));
}

}  // namespace
}  // namespace cardea
