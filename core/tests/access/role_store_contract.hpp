// What every RoleStore does, sentence by sentence of cardea/core/access/role_store.hpp.
//
// A store's test defines a type with a `RoleStore& store()` over an empty store of its own, and writes
//   INSTANTIATE_TYPED_TEST_SUITE_P(Memory, RoleStoreContract, MemoryRoles);
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <cardea/core/access/role_store.hpp>
#include <string>
#include <thread>
#include <vector>

namespace cardea {

inline RoleDefinition role_of(std::string_view name, std::string_view permissions = "",
                              std::string_view includes = "") {
  return {Role::parse(name).value(), PermissionSet::parse_scope(permissions).value(),
          RoleList::parse(includes).value()};
}

template <class Stores>
class RoleStoreContract : public testing::Test {
 protected:
  RoleStore& store() { return stores_.store(); }
  std::vector<std::string> names() {
    std::vector<std::string> all;
    const auto listed = store().list().value();
    for (const auto& role : listed) all.emplace_back(role.definition.role.name());
    return all;
  }

  const Instant noon = parse_instant("2026-01-01T12:00:00Z").value();
  const Instant later = parse_instant("2026-01-01T13:00:00.000001Z").value();

 private:
  Stores stores_;
};

TYPED_TEST_SUITE_P(RoleStoreContract);

TYPED_TEST_P(RoleStoreContract, ListsAnEmptyStoreAsNoRoles) { EXPECT_TRUE(this->store().list().value().empty()); }

TYPED_TEST_P(RoleStoreContract, KeepsARoleAsItWasAdded) {
  const auto full = role_of("editor", "posts:* users:read", "author reader");
  const auto empty = role_of("r:" + std::string(62, '_'));
  EXPECT_EQ(this->store().add(full, this->later).value(), (StoredRole{full, 1, this->later}));
  EXPECT_EQ(this->store().add(empty, this->noon).value(), (StoredRole{empty, 1, this->noon}));
  const std::vector<StoredRole> both{{full, 1, this->later}, {empty, 1, this->noon}};
  EXPECT_EQ(this->store().list().value(), both);
}

TYPED_TEST_P(RoleStoreContract, ListsByName) {
  for (const auto* name : {"b", "c", "a", "a-b", "a.b"}) this->store().add(role_of(name), this->noon).value();
  EXPECT_EQ(this->names(), (std::vector<std::string>{"a", "a-b", "a.b", "b", "c"}));
}

TYPED_TEST_P(RoleStoreContract, GivesANameOnce) {
  const auto first = this->store().add(role_of("editor", "posts:*"), this->noon).value();
  EXPECT_EQ(this->store().add(role_of("editor"), this->later).error().code(), ErrorCode::conflict);
  EXPECT_EQ(this->store().list().value(), std::vector{first});
}

TYPED_TEST_P(RoleStoreContract, ChangesOneRoleAndCountsItsVersions) {
  const auto other = this->store().add(role_of("author"), this->noon).value();
  this->store().add(role_of("editor", "posts:*"), this->noon).value();
  const auto less = role_of("editor", "posts:read", "author");
  EXPECT_EQ(this->store().change(less, {.version = 1}, this->later).value(), (StoredRole{less, 2, this->later}));
  EXPECT_EQ(this->store().change(role_of("editor"), {}, this->later).value().version, 3);
  EXPECT_EQ(this->store().list().value(), (std::vector<StoredRole>{other, {role_of("editor"), 3, this->later}}));
}

TYPED_TEST_P(RoleStoreContract, ChangesAndRemovesNothingOfAnotherVersion) {
  this->store().add(role_of("editor"), this->noon).value();
  const auto now = this->store().change(role_of("editor", "posts:*"), {.version = 1}, this->later).value();
  for (const RoleVersion stale : {RoleVersion{1}, RoleVersion{0}, RoleVersion{3}}) {
    EXPECT_EQ(this->store().change(role_of("editor"), {.version = stale}, this->later).error().code(),
              ErrorCode::conflict);
    EXPECT_EQ(this->store().remove(now.definition.role, {.version = stale}, this->later).error().code(),
              ErrorCode::conflict);
  }
  EXPECT_EQ(this->store().list().value(), std::vector{now});
}

TYPED_TEST_P(RoleStoreContract, RemovesARoleOnce) {
  const auto editor = this->store().add(role_of("editor"), this->noon).value().definition.role;
  this->store().add(role_of("author"), this->noon).value();
  EXPECT_TRUE(this->store().remove(editor, {.version = 1}, this->later));
  EXPECT_EQ(this->names(), std::vector<std::string>{"author"});
  EXPECT_EQ(this->store().remove(editor, {}, this->later).error().code(), ErrorCode::role_not_found);
  EXPECT_EQ(this->store().remove(editor, {.version = 1}, this->later).error().code(), ErrorCode::role_not_found);
  EXPECT_EQ(this->store().change(role_of("editor"), {}, this->later).error().code(), ErrorCode::role_not_found);
}

TYPED_TEST_P(RoleStoreContract, LetsOneOfManyChangeTheVersionThatAllHaveRead) {
  this->store().add(role_of("editor"), this->noon).value();
  std::atomic<int> changed = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back(
        [&] { changed += this->store().change(role_of("editor", "posts:*"), {.version = 1}, this->later) ? 1 : 0; });
  }
  threads.clear();
  EXPECT_EQ(changed, 1);
  EXPECT_EQ(this->store().list().value().front().version, 2);
}

REGISTER_TYPED_TEST_SUITE_P(RoleStoreContract, ListsAnEmptyStoreAsNoRoles, KeepsARoleAsItWasAdded, ListsByName,
                            GivesANameOnce, ChangesOneRoleAndCountsItsVersions,
                            ChangesAndRemovesNothingOfAnotherVersion, RemovesARoleOnce,
                            LetsOneOfManyChangeTheVersionThatAllHaveRead);

}  // namespace cardea
