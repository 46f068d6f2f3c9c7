// What every UserStore does with accounts that are brought from elsewhere and taken there, sentence by sentence of
// cardea/core/account/user_store.hpp. `Stores` as for UserStoreContract.
#pragma once

#include "account/user_store_contract.hpp"

namespace cardea {

template <class Stores>
class UserImportContract : public UserStoreContract<Stores> {};

TYPED_TEST_SUITE_P(UserImportContract);

TYPED_TEST_P(UserImportContract, ExportsImportedUsersAsTheyWere) {
  const std::vector<ImportedUser> imported{
      {{name("alice"), role("admin"), PasswordHash{"a"}, email("alice@example.org")},
       AccountState::active,
       at("2020-01-01T00:00:00.000001Z")},
      {{name("bob"), role("user"), PasswordHash{"b"}}, AccountState::disabled, this->noon, this->later},
      {{name("carol"), role("user"), PasswordHash{""}}, AccountState::deleted, this->noon}};
  EXPECT_EQ(this->store().add_imported(imported, this->later).value(), (std::vector<bool>{true, true, true}));
  const auto page = this->store().list_exported(std::nullopt, 10).value();
  EXPECT_EQ(page.next, std::nullopt);
  ASSERT_EQ(page.users.size(), 3U);
  for (std::size_t i = 0; i < imported.size(); ++i) {
    const auto& [user, state, created_at, disabled_until, other_roles] = imported[i];
    const auto& exported = page.users[i];
    EXPECT_EQ(exported.user, this->store().find(user.username).value()) << "in their order";
    EXPECT_EQ(exported.user.role, user.role);
    EXPECT_EQ(exported.user.state, state);
    EXPECT_EQ(exported.user.created_at, created_at);
    EXPECT_EQ(exported.user.disabled_until, disabled_until);
    EXPECT_EQ(exported.user.other_roles, other_roles);
    EXPECT_EQ(exported.password_hash, user.password_hash);
    EXPECT_EQ(exported.email, user.email);
    const UserRecord record{exported.user, exported.email, 1};
    EXPECT_EQ(this->store().find_record(exported.user.id).value(), record);
  }
}

TYPED_TEST_P(UserImportContract, ExportsPageByPage) {
  for (const auto* username : {"alice", "bob", "carol"}) this->added(username);
  const auto first = this->store().list_exported(std::nullopt, 2).value();
  ASSERT_EQ(first.users.size(), 2U);
  EXPECT_EQ(first.next, first.users[1].user.id);
  const auto second = this->store().list_exported(first.next, 2).value();
  ASSERT_EQ(second.users.size(), 1U);
  EXPECT_EQ(second.users[0].user.username, name("carol"));
  EXPECT_EQ(second.users[0].password_hash, PasswordHash{"hash of carol"});
  EXPECT_EQ(second.next, std::nullopt);
}

TYPED_TEST_P(UserImportContract, AddsAsManyImportedUsersAsItIsGiven) {
  std::vector<ImportedUser> imported;
  for (int i = 0; i < 1234; ++i) {
    const auto username = "u" + std::to_string(i % 1200);  // the last ones are there already
    imported.push_back(
        {{name(username), role("user"), PasswordHash{std::to_string(i)}}, AccountState::active, this->noon});
  }
  const auto added = this->store().add_imported(imported, this->later).value();
  ASSERT_EQ(added.size(), imported.size());
  EXPECT_EQ(std::ranges::count(added, true), 1200);
  EXPECT_TRUE(added[1199] && !added[1200]);
  EXPECT_EQ(this->hash_of("u0"), "0");
  EXPECT_EQ(this->hash_of("u1199"), "1199");
}

TYPED_TEST_P(UserImportContract, AddsTheImportedUsersWhoseNamesAreFreeAndLeavesTheOthers) {
  const auto alice = this->added("alice");
  this->store().set_state(this->added("bob").id, AccountState::deleted, this->later).value();
  const auto imported = [&](std::string_view username, std::string hash) {
    return ImportedUser{{name(username), role("admin"), PasswordHash{std::move(hash)}},
                        AccountState::active,
                        this->later,
                        {},
                        RoleList::parse("editor").value()};
  };
  const std::vector<ImportedUser> users{imported("alice", "x"), imported("carol", "first"), imported("bob", "x"),
                                        imported("carol", "second"), imported("dave", "d")};
  EXPECT_EQ(this->store().add_imported(users, this->later).value(),
            (std::vector<bool>{false, true, false, false, true}));
  EXPECT_EQ(this->store().find(name("alice")).value(), alice);
  EXPECT_EQ(this->hash_of("alice"), "hash of alice");
  EXPECT_EQ(this->store().find(name("bob")).value()->state, AccountState::deleted);
  EXPECT_EQ(this->hash_of("carol"), "first");
  EXPECT_EQ(this->store().find(name("carol")).value()->other_roles.to_text(), "editor");
  EXPECT_EQ(this->names_after(std::nullopt, 10), (std::vector<std::string>{"alice", "bob", "carol", "dave"}));
  EXPECT_TRUE(this->store().add_imported({}, this->later).value().empty());
}

REGISTER_TYPED_TEST_SUITE_P(UserImportContract, ExportsImportedUsersAsTheyWere, ExportsPageByPage,
                            AddsAsManyImportedUsersAsItIsGiven,
                            AddsTheImportedUsersWhoseNamesAreFreeAndLeavesTheOthers);

}  // namespace cardea
