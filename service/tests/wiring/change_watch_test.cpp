#include <gtest/gtest.h>

#include <cardea/core/account/cached_user_store.hpp>
#include <cardea/service/wiring/accounts.hpp>
#include <cardea/service/wiring/change_watch.hpp>

#include "temporary_folder.hpp"

namespace cardea::service {
namespace {

using namespace std::chrono_literals;

// Two openings of one database are two processes, as far as SQLite is concerned.
TEST(ChangeWatch, TellsOfWhatAnotherProcessHasChanged) {
  const TemporaryFolder folder;
  Config config;
  config.database = sql::DatabaseUrl::parse("sqlite:" + (folder / "a.db").string()).value();
  const Instant now = parse_instant("2026-01-01T12:00:00Z").value();
  auto ours = Accounts::open(config, now).value();
  auto theirs = Accounts::open(config, now).value();
  const auto carol = Username::parse("carol").value();
  const auto id = ours.users().add({carol, Role::parse("user").value(), PasswordHash{"x"}}, now).value().id;

  CachedUserStore cache{ours.users()};
  const ChangeWatch watch{ours.database(), [&cache] { cache.invalidate_all(); }, 1ms};
  const auto deadline = std::chrono::steady_clock::now() + 10s;
  const auto state_becomes = [&](AccountState expected) {
    while (std::chrono::steady_clock::now() < deadline) {
      if (cache.find(carol).value()->state == expected) return true;
    }
    return false;
  };

  EXPECT_TRUE(state_becomes(AccountState::active));
  ASSERT_TRUE(theirs.users().set_state(id, AccountState::disabled, now));
  EXPECT_TRUE(state_becomes(AccountState::disabled));
}

}  // namespace
}  // namespace cardea::service
