// How often each topic of the database has changed: table `changes` of sql/migrations/0003_changes.sql.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>

namespace cardea::sql {

// By topic: "users", "keys", "clients", "api_keys". Every change of a row of the topic raises its number, which means
// nothing else. That an API key was used is no change; nor is, on PostgreSQL, a user more, whom nobody can remember
// yet.
using ChangeVersions = std::map<std::string, std::uint64_t, std::less<>>;

}  // namespace cardea::sql
