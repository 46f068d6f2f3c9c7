#include "user_file/user_import.hpp"

#include <gtest/gtest.h>

#include <cardea/core/account/memory_user_store.hpp>
#include <cardea/core/audit/memory_audit_sink.hpp>

namespace cardea::cli {
namespace {

using namespace std::chrono_literals;

const auto* const kHash = "$2b$04$Q/q4hc55Tt4bRBFpGaDa2eJGDT2gFt5ixLtDpKIinOtsgm/g1RU7K";

class UserImportTest : public testing::Test {
 protected:
  ImportRules rules(bool accepts_no_password = false) const {
    return {Role::parse("user").value(), noon, accepts_no_password, std::nullopt};
  }
  static UserColumns columns(std::initializer_list<std::pair<UserColumn, std::string>> values) {
    UserColumns all;
    all[UserColumn::username] = "alice";
    all[UserColumn::password_hash] = kHash;
    for (const auto& [column, text] : values) all[column] = text;
    return all;
  }
  std::string reason_for(const UserColumns& of) const {
    const auto row = imported_row_of(of, rules());
    return row ? "accepted" : std::string(row.error().public_text());
  }
  // Imports users named as given.
  ImportCounts imported(const std::vector<std::string>& names, UserImport::Mode mode = UserImport::Mode::write) {
    UserImport importing{users, audit, mode, noon, [this](const RefusedLine& line) {
                           refused.push_back(std::to_string(line.number) + " " + line.username + ": " + line.reason);
                         }};
    std::size_t number = 0;
    for (const auto& name : names) {
      const auto of = columns({{UserColumn::username, name}});
      auto row = imported_row_of(of, rules());
      EXPECT_TRUE((row ? importing.add(++number, *std::move(row)) : importing.refuse(++number, name, row.error())));
    }
    EXPECT_TRUE(importing.finish());
    return importing.counts();
  }
  std::size_t stored() { return users.list(std::nullopt, 100'000).value().users.size(); }

  const Instant noon = parse_instant("2026-01-01T12:00:00Z").value();
  MemoryUserStore users;
  MemoryAuditSink audit;
  std::vector<std::string> refused;
};

TEST_F(UserImportTest, TakesWhatTheColumnsSay) {
  const auto row = imported_row_of(columns({{UserColumn::role, "admin editor auditor"},
                                            {UserColumn::state, "disabled"},
                                            {UserColumn::disabled_until, "2026-02-01T00:00:00Z"},
                                            {UserColumn::email, "Alice@Example.org"},
                                            {UserColumn::created_at, "2020-02-03T04:05:06Z"}}),
                                   rules())
                       .value();
  EXPECT_EQ(row.user.user.username.text(), "alice");
  EXPECT_EQ(row.user.user.role.name(), "admin");
  EXPECT_EQ(row.user.other_roles.to_text(), "editor auditor");
  EXPECT_EQ(row.user.user.password_hash, PasswordHash{kHash});
  EXPECT_EQ(row.user.state, AccountState::disabled);
  EXPECT_EQ(row.user.disabled_until, parse_instant("2026-02-01T00:00:00Z").value());
  EXPECT_EQ(row.user.user.email, EmailAddress::parse("alice@example.org").value());
  EXPECT_EQ(row.user.created_at, parse_instant("2020-02-03T04:05:06Z").value());
}

TEST_F(UserImportTest, TakesTheUsualWhereTheColumnsSayNothing) {
  const auto row = imported_row_of(columns({}), rules()).value();
  EXPECT_EQ(row.user.user.role.name(), "user");
  EXPECT_EQ(row.user.state, AccountState::active);
  EXPECT_EQ(row.user.created_at, noon);
  EXPECT_EQ(row.user.disabled_until, std::nullopt);
  EXPECT_EQ(row.user.user.email, std::nullopt);
  EXPECT_EQ(imported_row_of(columns({{UserColumn::disabled, "true"}}), rules()).value().user.state,
            AccountState::disabled);
  EXPECT_EQ(imported_row_of(columns({{UserColumn::disabled, "0"}}), rules()).value().user.state, AccountState::active);
}

TEST_F(UserImportTest, TakesNothingPersonalOfADeletedUser) {
  const auto row =
      imported_row_of(columns({{UserColumn::state, "deleted"}, {UserColumn::email, "alice@example.org"}}), rules())
          .value();
  EXPECT_EQ(row.user.user.password_hash, PasswordHash{""});
  EXPECT_EQ(row.user.user.email, std::nullopt);
}

TEST_F(UserImportTest, SaysWhyALineIsRefusedAndNeverRepeatsAHash) {
  EXPECT_EQ(reason_for(columns({{UserColumn::username, "Alice"}})), "Invalid username");
  EXPECT_EQ(reason_for(columns({{UserColumn::role, "author  editor"}})), "Invalid role name");
  EXPECT_EQ(reason_for(columns({{UserColumn::password_hash, "swordfish"}})), "a password hash of an unknown scheme");
  EXPECT_EQ(reason_for(columns({{UserColumn::password_hash, "$2b$15$" + std::string(53, 'a')}})),
            "bcrypt with a cost outside 4 to 14");
  EXPECT_EQ(reason_for(columns({{UserColumn::password_hash, ""}})),
            "no password hash; --without-passwords accepts that");
  EXPECT_EQ(reason_for(columns({{UserColumn::password_hash, "!x7Yq"}})),
            "no password hash; --without-passwords accepts that");
  EXPECT_EQ(reason_for(columns({{UserColumn::password_salt, "abc"}})), "password_salt needs --firebase-hash-config");
  EXPECT_EQ(reason_for(columns({{UserColumn::state, "gone"}})), "state is active, disabled or deleted");
  EXPECT_EQ(reason_for(columns({{UserColumn::disabled, "yes"}})), "disabled is true or false");
  EXPECT_EQ(reason_for(columns({{UserColumn::disabled, "true"}, {UserColumn::state, "active"}})),
            "state and disabled say the same thing; leave one out");
  EXPECT_EQ(reason_for(columns({{UserColumn::email, "alice at home"}})), "Invalid e-mail address");
  EXPECT_EQ(reason_for(columns({{UserColumn::disabled_until, "2026-02-01T00:00:00Z"}})),
            "disabled_until is for disabled users");
  EXPECT_EQ(reason_for(columns({{UserColumn::state, "disabled"}, {UserColumn::disabled_until, "soon"}})),
            "disabled_until is 2026-01-01T12:00:00Z or seconds since 1970");
  EXPECT_EQ(reason_for(columns({{UserColumn::created_at, "yesterday"}})),
            "created_at is 2026-01-01T12:00:00Z or seconds since 1970");
}

TEST_F(UserImportTest, AcceptsNoPasswordWhenToldTo) {
  for (const auto* none : {"", "!", "!x7Yq", "*"}) {
    const auto row = imported_row_of(columns({{UserColumn::password_hash, none}}), rules(true)).value();
    EXPECT_EQ(row.user.user.password_hash, PasswordHash::of_no_password());
  }
  EXPECT_FALSE(imported_row_of(columns({{UserColumn::password_hash, "swordfish"}}), rules(true)).has_value());
}

TEST_F(UserImportTest, AddsOverSeveralBatches) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < 2 * UserImport::kBatch + 1; ++i) names.push_back("u" + std::to_string(i));
  EXPECT_EQ(imported(names).added, names.size());
  EXPECT_EQ(stored(), names.size());
}

TEST_F(UserImportTest, GoesOnWhereItHasEnded) {
  imported({"alice", "bob"});
  const auto counts = imported({"alice", "bob", "carol"});
  EXPECT_EQ(counts.added, 1U);
  EXPECT_EQ(counts.already_there, 2U);
  EXPECT_EQ(counts.refused, 0U);
}

TEST_F(UserImportTest, RefusesWhoIsAnotherAndKeepsTheOrderOfTheLines) {
  imported({"alice"});
  users.set_role(UserId{1}, Role::parse("admin").value(), noon).value();
  const auto counts = imported({"Bad", "alice", "", "bob", "bob"});
  EXPECT_EQ(counts.added, 1U);
  EXPECT_EQ(counts.already_there, 1U) << "bob is there with all that the second line says";
  EXPECT_EQ(counts.refused, 3U);
  EXPECT_EQ(refused,
            (std::vector<std::string>{"1 Bad: Invalid username",
                                      "2 alice: the name is taken, by an account that is another or has changed since",
                                      "3 : Invalid username"}));
  EXPECT_EQ(users.find(UserId{1}).value()->role.name(), "admin");
}

TEST_F(UserImportTest, LeavesAloneOnlyWhoHasTheAddressThatTheFileSays) {
  const auto row = [&](const std::string& email) {
    return imported_row_of(columns({{UserColumn::email, email}}), rules()).value();
  };
  UserImport importing{users, audit, UserImport::Mode::write, noon,
                       [this](const RefusedLine& line) { refused.push_back(line.reason); }};
  for (const auto* email : {"alice@example.org", "alice@example.org", "", "other@example.org"}) {
    ASSERT_TRUE(importing.add(1, row(email)));
    ASSERT_TRUE(importing.finish());
  }
  EXPECT_EQ(importing.counts().added, 1U);
  EXPECT_EQ(importing.counts().already_there, 2U);
  EXPECT_EQ(refused,
            (std::vector<std::string>{"the name is taken, by an account that is another or has changed since"}));
}

TEST_F(UserImportTest, LeavesAnEventForEachBatchThatAddsUsers) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < UserImport::kBatch + 1; ++i) names.push_back("u" + std::to_string(i));
  imported(names);
  imported(names);
  imported({"other"}, UserImport::Mode::dry_run);
  const auto events = audit.events();
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[0].action, AuditAction::users_imported);
  EXPECT_EQ(events[0].at, noon);
  EXPECT_EQ(events[0].subject, "1000 users");
  EXPECT_EQ(events[0].origin.address, "command line");
  EXPECT_EQ(events[0].reason, std::nullopt);
  EXPECT_EQ(events[1].subject, "1 user");
}

TEST_F(UserImportTest, ChangesNothingInADryRunAndCountsTheSame) {
  imported({"alice"});
  const auto counts = imported({"alice", "bob", "Bad"}, UserImport::Mode::dry_run);
  EXPECT_EQ(counts.added, 1U);
  EXPECT_EQ(counts.already_there, 1U);
  EXPECT_EQ(counts.refused, 1U);
  EXPECT_EQ(stored(), 1U);
}

}  // namespace
}  // namespace cardea::cli
