// A role as an organisation's own store keeps it.
#pragma once

#include <cardea/core/access/role_definition.hpp>
#include <cardea/core/base/clock.hpp>
#include <cstdint>

namespace cardea {

// Of a role, one more with each change: who changes a role says which version they have read.
using RoleVersion = std::int64_t;

struct StoredRole {
  RoleDefinition definition;
  RoleVersion version = 1;
  Instant changed_at{};

  friend bool operator==(const StoredRole&, const StoredRole&) = default;
};

}  // namespace cardea
