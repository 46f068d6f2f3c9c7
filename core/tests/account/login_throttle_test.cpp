#include <cardea/core/account/login_throttle.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace cardea {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class LoginThrottleTest : public testing::Test {
 protected:
  std::optional<seconds> delay(std::string_view account, std::string_view address) const {
    return throttle.delay(account, address, now);
  }
  void fail(int times, std::string_view account, std::string_view address) {
    for (int i = 0; i < times; ++i) throttle.failed(account, address, now);
  }
  // Fails as often as it is let to, without ever waiting longer than it must.
  int failures_within(std::chrono::hours time, std::string_view account, std::string_view address) {
    int failures = 0;
    for (const auto end = now + time; now < end; ++failures) {
      if (const auto wait = delay(account, address)) now += *wait;
      throttle.failed(account, address, now);
    }
    return failures;
  }

  static constexpr std::string_view kStranger = "192.0.2.66", kOwn = "198.51.100.7";
  Instant now = parse_instant("2026-01-01T12:00:00Z").value();
  LoginThrottle throttle;
};

TEST_F(LoginThrottleTest, LetsTenFailuresPassAndThenDoublesTheDelayUpToAQuarterOfAnHour) {
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(delay("alice", kStranger), std::nullopt) << i;
    fail(1, "alice", kStranger);
  }
  for (const int expected : {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900}) {
    ASSERT_EQ(delay("alice", kStranger), seconds{expected});
    now += seconds{expected} - std::chrono::microseconds{1};
    EXPECT_EQ(delay("alice", kStranger), seconds{1}) << "rounded up, so that who waits that long is let in";
    now += std::chrono::microseconds{1};
    EXPECT_EQ(delay("alice", kStranger), std::nullopt);
    // Time has forgiven some of the failures; the doubling goes on from what is left.
    now -= seconds{expected};
    fail(1, "alice", kStranger);
  }
}

TEST_F(LoginThrottleTest, CountsAnAddressOverAllAccounts) {
  for (int i = 0; i < 10; ++i) fail(1, "user" + std::to_string(i), kStranger);
  EXPECT_EQ(delay("another", kStranger), seconds{1});
  EXPECT_EQ(delay("another", kOwn), std::nullopt);
}

TEST_F(LoginThrottleTest, CountsAnAccountOverAllAddressesWithAShortDelay) {
  for (int i = 0; i < 10; ++i) fail(1, "alice", "192.0.2." + std::to_string(i));
  EXPECT_EQ(delay("alice", kOwn), seconds{1});
  for (int i = 10; i < 100; ++i) fail(1, "alice", "192.0.2." + std::to_string(i));
  EXPECT_EQ(delay("alice", kOwn), seconds{30});
  EXPECT_EQ(delay("bob", kOwn), std::nullopt);
}

TEST_F(LoginThrottleTest, NeverLetsStrangersDelayAnAddressThatHasLoggedInBefore) {
  throttle.succeeded("alice", kOwn, now);
  for (int i = 0; i < 100; ++i) fail(1, "alice", "192.0.2." + std::to_string(i));
  EXPECT_EQ(delay("alice", kOwn), std::nullopt);
  fail(20, "another", kOwn);  // someone else, at the same address
  EXPECT_EQ(delay("alice", kOwn), std::nullopt);
  EXPECT_NE(delay("bob", kOwn), std::nullopt);
  now += hours{24 * 30};
  EXPECT_EQ(delay("alice", kOwn), std::nullopt) << "both are forgotten";
}

TEST_F(LoginThrottleTest, LetsAnAddressThatIsFamiliarGuessNoMoreThanAnother) {
  throttle.succeeded("alice", kOwn, now);
  fail(12, "alice", kOwn);
  EXPECT_EQ(delay("alice", kOwn), seconds{4});
}

TEST_F(LoginThrottleTest, IsNotFamiliarForEver) {
  throttle.succeeded("alice", kOwn, now);
  now += hours{24 * 30};
  for (int i = 0; i < 10; ++i) fail(1, "alice", "192.0.2." + std::to_string(i));
  EXPECT_EQ(delay("alice", kOwn), seconds{1});
}

TEST_F(LoginThrottleTest, KeepsTheOwnerAtANewAddressWaitingLittleHoweverLongAStrangerTries) {
  seconds waited{0}, longest{0};
  const auto end = now + hours{24};
  while (now < end) {
    const auto strangers = delay("alice", kStranger);
    if (!strangers) fail(1, "alice", kStranger);
    const auto owners = delay("alice", kOwn).value_or(seconds{0});
    longest = std::max(longest, owners);
    if (owners > seconds{0}) waited += seconds{1};
    now += seconds{1};
  }
  EXPECT_LE(longest, seconds{30});
  EXPECT_LE(waited, hours{1}) << "of a day";
}

TEST_F(LoginThrottleTest, LeavesAGuesserAHundredOrSoTriesADay) {
  EXPECT_LE(failures_within(hours{24}, "alice", kStranger), 130);
}

TEST_F(LoginThrottleTest, TakesBackWhatFailedBeforeASuccessAndNothingElse) {
  fail(9, "alice", kOwn);
  fail(9, "alice", "192.0.2.1");
  throttle.succeeded("alice", kOwn, now);
  EXPECT_EQ(delay("bob", kOwn), std::nullopt);
  fail(9, "bob", kOwn);
  EXPECT_EQ(delay("bob", kOwn), std::nullopt) << "nine of the address, not eighteen";
  fail(1, "alice", "192.0.2.2");
  EXPECT_EQ(delay("alice", "192.0.2.3"), seconds{1}) << "ten of strangers";
}

TEST_F(LoginThrottleTest, LetsNobodyBuyGuessesWithLoginsOfTheirOwn) {
  for (int i = 0; i < 10; ++i) {
    fail(1, "victim" + std::to_string(i), kStranger);
    fail(1, "own", kStranger);
    throttle.succeeded("own", kStranger, now);
  }
  EXPECT_NE(delay("victim", kStranger), std::nullopt);
}

TEST_F(LoginThrottleTest, ForgetsAFailureEveryQuarterOfAnHour) {
  fail(10, "alice", kStranger);
  now += minutes{15};
  fail(1, "alice", kStranger);
  EXPECT_EQ(delay("alice", kStranger), seconds{1}) << "ten again";
  now += minutes{15 * 10};
  fail(9, "alice", kStranger);
  EXPECT_EQ(delay("alice", kStranger), std::nullopt);
}

TEST_F(LoginThrottleTest, TakesANetworkOfIpv6ForOneAddressAndAMappedAddressForWhatItMaps) {
  fail(10, "alice", "2001:db8:1:2::1");
  EXPECT_EQ(delay("bob", "2001:db8:1:2:ffff::7"), seconds{1});
  EXPECT_EQ(delay("bob", "2001:0db8:0001:0002::9"), seconds{1});
  EXPECT_EQ(delay("bob", "2001:db8:1:3::1"), std::nullopt);
  fail(10, "carol", "::ffff:192.0.2.1");
  EXPECT_EQ(delay("bob", "192.0.2.1"), seconds{1});
  EXPECT_EQ(delay("bob", "192.0.2.2"), std::nullopt);
  EXPECT_EQ(delay("bob", "::1"), std::nullopt);
}

TEST_F(LoginThrottleTest, TellsAddressesThatAreNoneApart) {
  fail(10, "alice", "command line");
  EXPECT_EQ(delay("bob", "command line"), seconds{1});
  EXPECT_EQ(delay("bob", ""), std::nullopt);
}

TEST_F(LoginThrottleTest, MakesNobodyWaitLongerThanTheLongestDelayWhenTheClockIsSetBack) {
  fail(30, "alice", kStranger);
  now -= hours{24 * 365};
  EXPECT_EQ(delay("alice", kStranger), minutes{15});
  fail(1, "alice", kStranger);
  now += minutes{15};
  EXPECT_EQ(delay("alice", kStranger), std::nullopt);
}

TEST_F(LoginThrottleTest, KeepsAVictimsCountHoweverManyNamesAndAddressesAreTried) {
  LoginThrottle small{{.capacity = 64}};
  for (int i = 0; i < 12; ++i) small.failed("alice", kStranger, now);
  for (int i = 0; i < 10'000; ++i)
    small.failed("u" + std::to_string(i), "2001:db8:0:" + std::to_string(i % 9000) + "::1", now);
  EXPECT_EQ(small.delay("alice", kStranger, now), seconds{4});
  EXPECT_EQ(small.delay("alice", kOwn, now), seconds{4}) << "of the account";
}

TEST_F(LoginThrottleTest, ForgetsWhatIsOldBeforeWhatIsNew) {
  LoginThrottle small{{.capacity = 8}};
  for (int i = 0; i < 8; ++i) {
    for (int times = 0; times < 12; ++times) small.failed("old" + std::to_string(i), "192.0.2.1", now);
  }
  now += hours{24};
  for (int times = 0; times < 10; ++times) small.failed("alice", kStranger, now);
  for (int i = 0; i < 6; ++i) small.failed("other" + std::to_string(i), "192.0.2.2", now);
  EXPECT_EQ(small.delay("alice", kOwn, now), seconds{1});
}

TEST_F(LoginThrottleTest, CountsEveryFailureOfManyThreads) {
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&] {
      for (int i = 0; i < 500; ++i) {
        throttle.failed("alice", kStranger, now);
        throttle.succeeded("bob", kOwn, now);
        EXPECT_EQ(throttle.delay("bob", kOwn, now), std::nullopt);
      }
    });
  }
  threads.clear();
  EXPECT_EQ(delay("alice", kStranger), minutes{15});
  EXPECT_EQ(delay("alice", kOwn), seconds{30});
}

}  // namespace
}  // namespace cardea
