#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cardea/service/wiring/accounts.hpp>
#include <sstream>

#include "command_line/program.hpp"
#include "temporary_folder.hpp"

namespace cardea::cli {
namespace {

using namespace std::chrono_literals;

// A database with alice (1) and bob (2), and what `cardea` does with it.
class SessionCommandTest : public testing::Test {
 protected:
  SessionCommandTest() {
    for (const auto* name : {"alice", "bob"}) {
      const NewUser user{Username::parse(name).value(), Role::parse("user").value(), PasswordHash{"x"}};
      accounts.users().add(user, noon).value();
    }
  }

  SessionId started(UserId user, Instant at, std::string_view user_agent = "curl/7.88.1") {
    const auto id = SessionId::random();
    EXPECT_TRUE(sessions.add({.id = id,
                              .user = user,
                              .created_at = at,
                              .last_used_at = at,
                              .client = {.address = "192.0.2.7", .user_agent = std::string(user_agent)},
                              .access_ends_at = at + 30min,
                              .refresh = RefreshFamily::start().family,
                              .ended_at = std::nullopt,
                              .end = std::nullopt}));
    return id;
  }
  std::optional<SessionEnd> end_of(const SessionId& id) { return sessions.find(id).value()->end; }

  // What is typed at the keyboard, if anybody sits there.
  ExitStatus cardea(const std::vector<std::string>& arguments, const std::optional<std::string>& typed = {}) {
    std::istringstream in{typed.value_or("")};
    std::ostringstream out, err;
    Terminal terminal{in, out, err, typed.has_value()};
    const auto status = run_program(arguments, environment, clock, terminal);
    output = out.str();
    errors = err.str();
    return status;
  }

  const UserId alice{1}, bob{2};
  const Instant noon = parse_instant("2026-01-01T12:00:00Z").value();
  ManualClock clock{noon};
  service::TemporaryFolder folder;
  const service::Texts environment{{"CARDEA_DATABASE", "sqlite:" + (folder / "cardea.db").string()}};
  service::Accounts accounts =
      service::Accounts::open(
          service::load_config({.flags = {}, .environment = environment, .file = {}}).value().config, noon)
          .value();
  SessionStore& sessions = accounts.sessions();
  std::string output, errors;
};

TEST_F(SessionCommandTest, ListsTheSessionsOfOneUserTheLastUsedFirst) {
  const auto first = started(alice, noon, "Firefox \"☂\"");
  const auto second = started(alice, noon + 1s);
  started(bob, noon);
  EXPECT_EQ(cardea({"session", "list", "alice"}), ExitStatus::done);
  EXPECT_EQ(output, "ID                      STARTED               LAST USED             ADDRESS    USER AGENT\n" +
                        second.text() + "  2026-01-01T12:00:01Z  2026-01-01T12:00:01Z  192.0.2.7  curl/7.88.1\n" +
                        first.text() + "  2026-01-01T12:00:00Z  2026-01-01T12:00:00Z  192.0.2.7  Firefox \"☂\"\n");

  EXPECT_EQ(cardea({"session", "list", "alice", "--json"}), ExitStatus::done);
  EXPECT_EQ(output, R"([{"id":")" + second.text() +
                        R"(","created_at":"2026-01-01T12:00:01Z","last_used_at":"2026-01-01T12:00:01Z",)"
                        R"("address":"192.0.2.7","user_agent":"curl/7.88.1"},{"id":")" +
                        first.text() +
                        R"(","created_at":"2026-01-01T12:00:00Z","last_used_at":"2026-01-01T12:00:00Z",)"
                        R"("address":"192.0.2.7","user_agent":"Firefox \"☂\""}])"
                        "\n");
}

TEST_F(SessionCommandTest, ListsOnlyLivingSessions) {
  const auto ended = started(alice, noon);
  started(alice, noon);
  EXPECT_EQ(cardea({"session", "end", "alice", "--", ended.text()}), ExitStatus::done);
  clock.set(noon + SessionPolicy{}.idle - 1s);
  EXPECT_EQ(cardea({"session", "list", "alice"}), ExitStatus::done);
  EXPECT_EQ(std::ranges::count(output, '\n'), 2);
  clock.advance(1s);
  EXPECT_EQ(cardea({"session", "list", "alice", "--json"}), ExitStatus::done);
  EXPECT_EQ(output, "[]\n");
}

TEST_F(SessionCommandTest, WritesNoControlCharacterOfAClient) {
  started(alice, noon, "a\x1b[2J\x7f\u009b\xff\nb");
  EXPECT_EQ(cardea({"session", "list", "alice"}), ExitStatus::done);
  EXPECT_TRUE(output.ends_with("  a?[2J????b\n")) << output;
  EXPECT_EQ(cardea({"session", "list", "alice", "--json"}), ExitStatus::done);
  EXPECT_TRUE(output.ends_with("\"a\\u001b[2J\\u007f\\u009b\uFFFD\\nb\"}]\n")) << output;
}

TEST_F(SessionCommandTest, EndsOneSession) {
  const auto lost = started(alice, noon);
  const auto kept = started(alice, noon);
  EXPECT_EQ(cardea({"session", "end", "alice", "--", lost.text()}), ExitStatus::done);
  EXPECT_EQ(output, "ended 1 session of alice\n");
  EXPECT_EQ(end_of(lost), SessionEnd::ended_by_administrator);
  EXPECT_EQ(end_of(kept), std::nullopt);
}

TEST_F(SessionCommandTest, EndsNoSessionThatIsNotTheUsers) {
  const auto of_bob = started(bob, noon);
  started(alice, noon);
  for (const auto& id : {of_bob.text(), SessionId::random().text(), std::string{"unknown"}, std::string{}}) {
    EXPECT_EQ(cardea({"session", "end", "alice", "--yes", "--", id}), ExitStatus::refused);
    EXPECT_EQ(output, "");
    EXPECT_TRUE(errors.starts_with("error: No such session\nhint: ")) << errors;
  }
  EXPECT_EQ(end_of(of_bob), std::nullopt);
  EXPECT_EQ(sessions.list(alice).value().size(), 1);
}

TEST_F(SessionCommandTest, EndsAllSessionsOfTheUserWhenThatIsMeant) {
  for (const bool asked : {false, true}) {
    const std::array of_alice{started(alice, noon), started(alice, noon)};
    const auto of_bob = started(bob, noon);
    const auto status =
        asked ? cardea({"session", "end", "alice"}, "y\n") : cardea({"session", "end", "alice", "--yes"});
    EXPECT_EQ(status, ExitStatus::done);
    EXPECT_EQ(output, "ended 2 sessions of alice\n");
    EXPECT_EQ(errors, asked ? "End all sessions of alice? [y/N] " : "");
    for (const auto& id : of_alice) EXPECT_EQ(end_of(id), SessionEnd::ended_by_administrator);
    EXPECT_EQ(end_of(of_bob), std::nullopt);
  }
}

TEST_F(SessionCommandTest, EndsNoneWithoutAgreement) {
  const auto session = started(alice, noon);
  for (const auto& typed : {std::optional<std::string>{}, std::optional<std::string>{"n\n"}}) {
    EXPECT_EQ(cardea({"session", "end", "alice"}, typed), ExitStatus::refused);
    EXPECT_TRUE(
        errors.ends_with("error: the sessions of alice were not ended\n"
                         "hint: --yes ends all of them without asking\n"))
        << errors;
  }
  EXPECT_EQ(end_of(session), std::nullopt);
}

TEST_F(SessionCommandTest, EndsTheSessionsOfADisabledUserByDisabling) {
  const auto of_alice = started(alice, noon);
  const auto of_bob = started(bob, noon);
  EXPECT_EQ(cardea({"user", "disable", "alice"}), ExitStatus::done);
  EXPECT_EQ(end_of(of_alice), SessionEnd::user_disabled);
  EXPECT_EQ(end_of(of_bob), std::nullopt);
}

}  // namespace
}  // namespace cardea::cli
