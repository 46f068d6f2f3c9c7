#include <gtest/gtest.h>

#include <atomic>
#include <cardea/core/base/base64url.hpp>
#include <cardea/core/key/remote_key_set.hpp>
#include <functional>
#include <latch>
#include <stdexcept>
#include <thread>
#include <vector>

namespace cardea {
namespace {

using namespace std::chrono_literals;

// RFC 8037 appendix A.2, RFC 7515 appendix A.3, RFC 7515 appendix A.1.
const std::string kFirst =
    R"({"kty":"OKP","crv":"Ed25519","kid":"first","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})";
const std::string kSecond =
    R"({"kty":"EC","crv":"P-256","kid":"second","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
    R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"})";
const std::string kSymmetric =
    R"({"kty":"oct","kid":"shared","alg":"HS256",)"
    R"("k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"})";

// RFC 8037 appendix A.4: signed by the first.
constexpr std::string_view kSignedByFirst =
    "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
    ".hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

std::string set_of(const std::string& keys) { return "{\"keys\":[" + keys + "]}"; }

const Instant kNoon = parse_instant("2026-01-01T12:00:00Z").value();
constexpr auto kJustBefore = -1us;

Result<FetchedKeySet> refusal_of_the_network() {
  return failure(ErrorCode::key_set_unavailable, PrivateText{"connection refused"});
}

// What the set is fetched from. Not for several threads, but for `during_fetch`.
struct Issuer {
  Result<FetchedKeySet> answer = FetchedKeySet{.body = set_of(kFirst)};
  std::vector<std::string> etags;  // of each call
  bool interrupted = false;
  std::function<void()> during_fetch = [] {};

  std::size_t calls() const { return etags.size(); }
  void serve(const std::string& keys) { answer = FetchedKeySet{.body = set_of(keys)}; }
  void fail() { answer = refusal_of_the_network(); }
};

class FakeFetcher final : public KeySetFetcher {
 public:
  explicit FakeFetcher(Issuer& issuer) : issuer_(issuer) {}
  Result<FetchedKeySet> fetch(std::string_view etag) override {
    issuer_.etags.emplace_back(etag);
    issuer_.during_fetch();
    return issuer_.answer;
  }
  void interrupt() noexcept override { issuer_.interrupted = true; }

 private:
  Issuer& issuer_;
};

class RemoteKeySetTest : public testing::Test {
 protected:
  bool knows(std::string_view kid, Instant now) const {
    const auto alg = kid == "second" ? "ES256" : "EdDSA";
    const auto header = R"({"alg":")" + std::string(alg) + R"(","kid":")" + std::string(kid) + "\"}";
    const auto token = to_base64url(header) + ".e30." + to_base64url(std::string(64, 's'));
    return set.keys_at(now)->verify(token).error().code() == ErrorCode::token_signature_invalid;
  }

  bool fetches_in_refresh(Instant now) {
    const auto before = issuer.calls();
    static_cast<void>(set.refresh(now));
    return issuer.calls() != before;
  }

  bool fetches_in_learn(Instant now) {
    const bool allowed = set.may_learn(now);
    const auto before = issuer.calls();
    static_cast<void>(set.learn(now));
    EXPECT_EQ(issuer.calls() != before, allowed);
    return issuer.calls() != before;
  }

  Issuer issuer;
  RemoteKeySet set{std::make_unique<FakeFetcher>(issuer)};
};

TEST_F(RemoteKeySetTest, HasNoKeysBeforeTheFirstFetch) {
  EXPECT_FALSE(knows("first", kNoon));
  EXPECT_EQ(set.keys_at(kNoon)->verify(kSignedByFirst).error().code(), ErrorCode::token_key_unknown);
  EXPECT_EQ(set.check(kNoon).error().code(), ErrorCode::key_set_unavailable);
  EXPECT_EQ(issuer.calls(), 0U);
}

TEST_F(RemoteKeySetTest, VerifiesByTheFetchedKeys) {
  ASSERT_TRUE(set.refresh(kNoon));
  EXPECT_EQ(set.keys_at(kNoon)->verify(kSignedByFirst).value(), "Example of Ed25519 signing");
  EXPECT_TRUE(knows("first", kNoon));
  EXPECT_FALSE(knows("second", kNoon));
  EXPECT_TRUE(set.check(kNoon));
}

TEST_F(RemoteKeySetTest, FetchesAgainAfterFiveMinutesWhenTheAnswerSaysNothing) {
  ASSERT_TRUE(fetches_in_refresh(kNoon));
  EXPECT_FALSE(fetches_in_refresh(kNoon));
  EXPECT_FALSE(fetches_in_refresh(kNoon + 5min + kJustBefore));
  EXPECT_TRUE(fetches_in_refresh(kNoon + 5min));
}

TEST_F(RemoteKeySetTest, HoldsTheMaxAgeOfTheAnswerBetweenAMinuteAndADay) {
  struct Case {
    std::chrono::seconds max_age;
    std::chrono::seconds interval;
  };
  Instant now = kNoon;
  for (const auto& [max_age, interval] :
       {Case{.max_age = -1h, .interval = 1min}, Case{.max_age = 0s, .interval = 1min},
        Case{.max_age = 61s, .interval = 61s}, Case{.max_age = 24h, .interval = 24h},
        Case{.max_age = 24h + 1s, .interval = 24h}, Case{.max_age = std::chrono::seconds::max(), .interval = 24h}}) {
    issuer.answer->max_age = max_age;
    ASSERT_TRUE(fetches_in_refresh(now));
    EXPECT_FALSE(fetches_in_refresh(now + interval + kJustBefore)) << max_age;
    now += interval;
  }
}

TEST_F(RemoteKeySetTest, TakesTheNewKeysAndDropsTheOldOnes) {
  ASSERT_TRUE(set.refresh(kNoon));
  const auto before = set.keys_at(kNoon);
  issuer.serve(kSecond);
  ASSERT_TRUE(set.refresh(kNoon + 5min));
  EXPECT_FALSE(knows("first", kNoon + 5min));
  EXPECT_TRUE(knows("second", kNoon + 5min));
  EXPECT_NE(set.keys_at(kNoon + 5min), before);
}

TEST_F(RemoteKeySetTest, AnswersWithTheSameObjectAsLongAsTheKeysAreTheSame) {
  issuer.serve(kFirst + "," + kSecond);
  ASSERT_TRUE(set.refresh(kNoon));
  const auto keys = set.keys_at(kNoon);
  issuer.serve(kSecond + " , " + R"({"x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","crv":"Ed25519",)" +
               R"("kid":"\u0066irst","kty":"OKP"})");
  ASSERT_TRUE(set.refresh(kNoon + 5min));
  EXPECT_EQ(set.keys_at(kNoon + 5min), keys);
  issuer.answer = FetchedKeySet{.not_modified = true};
  ASSERT_TRUE(set.refresh(kNoon + 10min));
  EXPECT_EQ(set.keys_at(kNoon + 10min), keys);
}

TEST_F(RemoteKeySetTest, TellsTwoSetsApartByOneKeysName) {
  ASSERT_TRUE(set.refresh(kNoon));
  const auto keys = set.keys_at(kNoon);
  issuer.serve(R"({"kty":"OKP","crv":"Ed25519","kid":"other","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})");
  ASSERT_TRUE(set.refresh(kNoon + 5min));
  EXPECT_NE(set.keys_at(kNoon + 5min), keys);
}

TEST_F(RemoteKeySetTest, AsksByTheEtagOfTheSetInForce) {
  issuer.answer->etag = "\"1\"";
  ASSERT_TRUE(set.refresh(kNoon));
  issuer.answer = FetchedKeySet{.not_modified = true};
  ASSERT_TRUE(set.refresh(kNoon + 5min));
  issuer.answer = FetchedKeySet{.body = "{}", .etag = "\"2\""};
  ASSERT_FALSE(set.refresh(kNoon + 10min));
  issuer.answer = FetchedKeySet{.body = set_of(kSecond), .etag = "\"3\""};
  ASSERT_TRUE(set.refresh(kNoon + 15min));
  issuer.answer->etag.clear();
  ASSERT_TRUE(set.refresh(kNoon + 20min));
  ASSERT_TRUE(set.refresh(kNoon + 25min));
  EXPECT_EQ(issuer.etags, (std::vector<std::string>{"", "\"1\"", "\"1\"", "\"1\"", "\"3\"", ""}));
}

TEST_F(RemoteKeySetTest, KeepsTheIntervalWhenAnUnchangedAnswerSaysNothing) {
  issuer.answer->max_age = 10min;
  ASSERT_TRUE(set.refresh(kNoon));
  issuer.answer = FetchedKeySet{.not_modified = true};
  ASSERT_TRUE(fetches_in_refresh(kNoon + 10min));
  issuer.answer->max_age = 2min;
  EXPECT_FALSE(fetches_in_refresh(kNoon + 20min + kJustBefore));
  ASSERT_TRUE(fetches_in_refresh(kNoon + 20min));
  EXPECT_FALSE(fetches_in_refresh(kNoon + 22min + kJustBefore));
  EXPECT_TRUE(fetches_in_refresh(kNoon + 22min));
}

TEST_F(RemoteKeySetTest, RefusesAnUnchangedAnswerWhenItKnowsNothing) {
  issuer.answer = FetchedKeySet{.not_modified = true};
  EXPECT_EQ(set.refresh(kNoon).error().code(), ErrorCode::key_set_unavailable);
  EXPECT_FALSE(set.check(kNoon));
}

TEST_F(RemoteKeySetTest, ServesAStaleSetForAnHourAndNotASecondMore) {
  ASSERT_TRUE(set.refresh(kNoon));
  issuer.fail();
  const auto end = kNoon + 5min + 1h;
  for (auto now = kNoon + 5min; now < end; now += 30s) ASSERT_FALSE(set.refresh(now));
  EXPECT_TRUE(knows("first", end + kJustBefore));
  EXPECT_TRUE(set.check(end + kJustBefore));
  EXPECT_FALSE(knows("first", end));
  EXPECT_EQ(set.check(end).error().code(), ErrorCode::key_set_unavailable);
  EXPECT_EQ(set.check(end).error().private_text(), "connection refused");
}

TEST_F(RemoteKeySetTest, EndsAStaleSetAlsoWhenNobodyRefreshes) {
  ASSERT_TRUE(set.refresh(kNoon));
  EXPECT_TRUE(knows("first", kNoon + 65min + kJustBefore));
  EXPECT_FALSE(knows("first", kNoon + 65min));
}

TEST_F(RemoteKeySetTest, TrustsAnEndedSetAgainOnceItIsSaidToBeUnchanged) {
  issuer.answer->etag = "\"1\"";
  ASSERT_TRUE(set.refresh(kNoon));
  const auto keys = set.keys_at(kNoon);
  issuer.answer = FetchedKeySet{.not_modified = true};
  ASSERT_NE(set.keys_at(kNoon + 2h), keys);
  ASSERT_TRUE(set.refresh(kNoon + 2h));
  EXPECT_EQ(set.keys_at(kNoon + 2h), keys);
}

TEST_F(RemoteKeySetTest, TriesAgainInSecondsAfterAFailureAndMoreSlowlyAfterMore) {
  issuer.fail();
  Instant now = kNoon;
  for (const auto delay : {1s, 2s, 4s, 8s, 16s, 30s, 30s}) {
    ASSERT_TRUE(fetches_in_refresh(now));
    EXPECT_FALSE(fetches_in_refresh(now + delay + kJustBefore)) << delay;
    now += delay;
  }
  issuer.serve(kFirst);
  ASSERT_TRUE(fetches_in_refresh(now));
  EXPECT_FALSE(fetches_in_refresh(now + 5min + kJustBefore));
  issuer.fail();
  ASSERT_TRUE(fetches_in_refresh(now + 5min));
  EXPECT_TRUE(fetches_in_refresh(now + 5min + 1s));
}

TEST_F(RemoteKeySetTest, SaysWhyAFetchFailedAlsoWhileOlderKeysCount) {
  ASSERT_TRUE(set.refresh(kNoon));
  issuer.fail();
  const auto failed = set.refresh(kNoon + 5min);
  EXPECT_EQ(failed.error().code(), ErrorCode::key_set_unavailable);
  EXPECT_EQ(failed.error().private_text(), "connection refused");
  EXPECT_TRUE(knows("first", kNoon + 5min));
}

TEST_F(RemoteKeySetTest, RefusesWhatIsNoSetOfUsablePublicKeysAndKeepsTheOneInForce) {
  ASSERT_TRUE(set.refresh(kNoon));
  const auto keys = set.keys_at(kNoon);
  Instant now = kNoon + 5min;
  for (const auto& body : {
           std::string{},
           std::string{"<html></html>"},
           std::string{"[]"},
           std::string{"{}"},
           std::string{R"({"keys":{}})"},
           std::string{R"({"keys":[],"keys":[]})"},
           set_of(""),
           set_of("1"),
           kSecond,                                   // one key, not a set
           set_of(R"({"kty":"XYZ","kid":"first"})"),  // none of a known kind
           set_of(R"({"kty":"EC","crv":"P-256","kid":"first","x":"AA","y":"AA"})"),
           set_of(std::string(kFirst).append(",").append(kFirst)),
           set_of(kSymmetric),
           set_of(std::string(kFirst).append(",").append(kSymmetric)),
           set_of(kFirst + R"(,{"kty":"oct","use":"enc","k":"AA"})"),
           set_of(kSecond) + std::string(256 * 1024, ' '),
       }) {
    issuer.answer = FetchedKeySet{.body = body};
    ASSERT_TRUE(fetches_in_refresh(now));
    EXPECT_EQ(set.refresh(now + 30s).error().code(), ErrorCode::key_set_unavailable) << body.substr(0, 100);
    EXPECT_EQ(set.keys_at(now), keys) << body.substr(0, 100);
    now += 1min;
  }
  EXPECT_FALSE(knows("first", kNoon + 65min));
}

TEST_F(RemoteKeySetTest, TakesASetOfExactlyTheLargestSize) {
  const auto body = set_of(kSecond);
  issuer.answer = FetchedKeySet{.body = body + std::string(256 * 1024 - body.size(), ' ')};
  EXPECT_TRUE(set.refresh(kNoon));
}

TEST_F(RemoteKeySetTest, SkipsAKeyThatIsOfNoUseHere) {
  issuer.serve(kFirst + R"(,{"kty":"XYZ","kid":"x"},{"kty":"EC","crv":"P-256","kid":"e","use":"enc",)" +
               R"("x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)" +
               R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"})");
  ASSERT_TRUE(set.refresh(kNoon));
  EXPECT_TRUE(knows("first", kNoon));
}

TEST_F(RemoteKeySetTest, FetchesForAnUnknownKeyAtMostOnceAMinute) {
  issuer.answer->max_age = 1h;
  ASSERT_TRUE(set.refresh(kNoon));
  issuer.serve(kFirst + "," + kSecond);
  ASSERT_TRUE(fetches_in_learn(kNoon + 1s));
  EXPECT_TRUE(knows("second", kNoon + 1s));
  EXPECT_FALSE(fetches_in_learn(kNoon + 61s + kJustBefore));
  EXPECT_TRUE(fetches_in_learn(kNoon + 61s));
  EXPECT_FALSE(fetches_in_learn(kNoon + 121s + kJustBefore));
}

TEST_F(RemoteKeySetTest, CountsAFetchForAnUnknownKeyAlsoWhenItFails) {
  ASSERT_TRUE(set.refresh(kNoon));
  issuer.fail();
  ASSERT_TRUE(fetches_in_learn(kNoon + 1s));
  EXPECT_FALSE(fetches_in_learn(kNoon + 61s + kJustBefore));
  EXPECT_TRUE(fetches_in_learn(kNoon + 61s));
}

TEST_F(RemoteKeySetTest, IsContentWithOlderKeysWhenAFetchForAnUnknownKeyFails) {
  ASSERT_TRUE(set.refresh(kNoon));
  issuer.fail();
  EXPECT_TRUE(set.learn(kNoon + 1s));
  EXPECT_TRUE(set.learn(kNoon + 2s));
  EXPECT_EQ(set.learn(kNoon + 65min).error().code(), ErrorCode::key_set_unavailable);
}

TEST_F(RemoteKeySetTest, LearnsWithoutAnyKeysAsSoonAsTheDelayAfterAFailureIsOver) {
  issuer.fail();
  EXPECT_EQ(set.learn(kNoon).error().code(), ErrorCode::key_set_unavailable);
  EXPECT_FALSE(fetches_in_learn(kNoon + 1s + kJustBefore));
  EXPECT_EQ(set.learn(kNoon + 1s + kJustBefore).error().private_text(), "connection refused");
  ASSERT_TRUE(fetches_in_learn(kNoon + 1s));
  EXPECT_FALSE(fetches_in_learn(kNoon + 3s + kJustBefore));
  issuer.serve(kFirst);
  ASSERT_TRUE(fetches_in_learn(kNoon + 3s));
  EXPECT_TRUE(knows("first", kNoon + 3s));
  EXPECT_FALSE(fetches_in_learn(kNoon + 63s + kJustBefore));
}

TEST_F(RemoteKeySetTest, PutsTheNextRefreshOffWhenItHasLearned) {
  ASSERT_TRUE(set.refresh(kNoon));
  ASSERT_TRUE(fetches_in_learn(kNoon + 4min));
  EXPECT_FALSE(fetches_in_refresh(kNoon + 9min + kJustBefore));
  EXPECT_TRUE(fetches_in_refresh(kNoon + 9min));
}

TEST_F(RemoteKeySetTest, TrustsNothingForLongerWhenTheClockIsSetBack) {
  ASSERT_TRUE(set.refresh(kNoon));
  ASSERT_TRUE(set.learn(kNoon));
  issuer.fail();
  const auto now = kNoon - 24h;
  ASSERT_TRUE(fetches_in_refresh(now));
  EXPECT_TRUE(knows("first", now + 65min + kJustBefore));
  EXPECT_FALSE(knows("first", now + 65min));
  EXPECT_TRUE(set.may_learn(now));
}

TEST_F(RemoteKeySetTest, FetchesOnceForAllThreadsThatLearnAtOnce) {
  constexpr int kThreads = 20;
  for (const bool succeeds : {true, false}) {
    Issuer shared;
    if (!succeeds) shared.fail();
    RemoteKeySet keys{std::make_unique<FakeFetcher>(shared)};
    std::latch all_there{kThreads};
    shared.during_fetch = [&] { all_there.wait(); };
    std::atomic<int> learned = 0;
    {
      std::vector<std::jthread> threads;
      for (int i = 0; i < kThreads; ++i) {
        threads.emplace_back([&] {
          all_there.count_down();
          if (keys.learn(kNoon)) ++learned;
        });
      }
    }
    EXPECT_EQ(shared.calls(), 1U);
    EXPECT_EQ(learned, succeeds ? kThreads : 0);
  }
}

TEST_F(RemoteKeySetTest, NeitherBlocksNorChangesWhileAFetchRuns) {
  ASSERT_TRUE(set.refresh(kNoon));
  const auto keys = set.keys_at(kNoon);
  issuer.serve(kSecond);
  bool may_learn = false;
  issuer.during_fetch = [&] {
    EXPECT_EQ(set.keys_at(kNoon + 5min), keys);
    EXPECT_TRUE(set.check(kNoon + 5min));
    may_learn = set.may_learn(kNoon + 5min);
  };
  ASSERT_TRUE(set.learn(kNoon + 5min));
  EXPECT_TRUE(may_learn);
  EXPECT_FALSE(set.may_learn(kNoon + 5min));
}

// Whoever looks back to when there were keys sees the learner join.
TEST_F(RemoteKeySetTest, SharesTheFetchOfARefreshWhenItHasNoKeys) {
  ASSERT_TRUE(set.refresh(kNoon));
  issuer.fail();
  ASSERT_TRUE(set.learn(kNoon + 1s));
  issuer.serve(kFirst);
  const auto now = kNoon + 24h;
  ASSERT_FALSE(set.check(now));
  std::jthread learner;
  issuer.during_fetch = [&] {
    EXPECT_FALSE(set.may_learn(kNoon + 2s));
    learner = std::jthread([&] { EXPECT_TRUE(set.learn(now)); });
    while (!set.may_learn(kNoon + 2s)) std::this_thread::yield();
  };
  ASSERT_TRUE(set.refresh(now));
  learner.join();
  EXPECT_EQ(issuer.calls(), 3U);
}

TEST_F(RemoteKeySetTest, LetsNobodyWaitForARefreshOnceTheMinutesFetchIsSpent) {
  ASSERT_TRUE(set.refresh(kNoon));
  issuer.fail();
  ASSERT_TRUE(set.learn(kNoon + 1s));
  issuer.during_fetch = [&] {
    EXPECT_FALSE(set.may_learn(kNoon + 2s));
    EXPECT_TRUE(set.learn(kNoon + 2s));
  };
  EXPECT_TRUE(fetches_in_refresh(kNoon + 2s));
}

TEST_F(RemoteKeySetTest, SpendsTheMinutesFetchOnWaitingForARefresh) {
  ASSERT_TRUE(set.refresh(kNoon));
  issuer.fail();
  ASSERT_TRUE(set.learn(kNoon + 4min));
  issuer.serve(kFirst);
  const auto now = kNoon + 5min;
  std::jthread learner;
  issuer.during_fetch = [&] {
    EXPECT_FALSE(set.may_learn(now + kJustBefore));
    learner = std::jthread([&] { EXPECT_TRUE(set.learn(now)); });
    while (!set.may_learn(now + kJustBefore)) std::this_thread::yield();
  };
  ASSERT_TRUE(set.refresh(now));
  learner.join();
  EXPECT_EQ(issuer.calls(), 3U);
  EXPECT_FALSE(set.may_learn(now + 1min + kJustBefore));
  EXPECT_TRUE(set.may_learn(now + 1min));
}

TEST_F(RemoteKeySetTest, TreatsAnExceptionOfTheFetcherAsAFailure) {
  issuer.during_fetch = [] { throw std::runtime_error("out of memory"); };
  EXPECT_THROW(static_cast<void>(set.refresh(kNoon)), std::runtime_error);
  EXPECT_FALSE(fetches_in_refresh(kNoon + 1s + kJustBefore));
  issuer.during_fetch = [] {};
  EXPECT_TRUE(set.refresh(kNoon + 1s));
  EXPECT_TRUE(knows("first", kNoon + 1s));
}

TEST_F(RemoteKeySetTest, HandsAnInterruptionOn) {
  set.interrupt();
  EXPECT_TRUE(issuer.interrupted);
}

}  // namespace
}  // namespace cardea
