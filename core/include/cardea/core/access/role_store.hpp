// Where an organisation's own roles are kept, next to those that the application declares. Every implementation passes
// core/tests/access/role_store_contract.hpp.
//
// Calls may block (SQL), are thread-safe, and throw nothing: a store that does not answer is store_unavailable.
// A change is durable when its call has returned a value.
#pragma once

#include <cardea/core/access/role_definition.hpp>
#include <cardea/core/base/clock.hpp>
#include <cstdint>
#include <optional>
#include <vector>

namespace cardea {

// Of a role, one more with each change: who changes a role says which version they have read.
using RoleVersion = std::int64_t;

struct StoredRole {
  RoleDefinition definition;
  RoleVersion version = 1;
  Instant changed_at{};

  friend bool operator==(const StoredRole&, const StoredRole&) = default;
};

class RoleStore {
 public:
  virtual ~RoleStore() = default;

  // All of them, by name.
  virtual Result<std::vector<StoredRole>> list() = 0;

  // Error: conflict, if there is a role of that name.
  virtual Result<StoredRole> add(const RoleDefinition& role, Instant now) = 0;

  // With `expected`, only that version is changed. Errors: role_not_found, conflict (it is another version by now).
  virtual Result<StoredRole> change(const RoleDefinition& role, std::optional<RoleVersion> expected, Instant now) = 0;
  virtual Done remove(const Role& role, std::optional<RoleVersion> expected) = 0;
};

}  // namespace cardea
